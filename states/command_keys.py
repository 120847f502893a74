"""The keys under which the system itself records commands, by their beginnings. Nobody else may take such a key."""

WAKE = "wake:"
"""What time has caused, when nobody acted."""
LAUNCH = "launch"
"""The beginning of an appraisal."""
OPERATION = "operation:"
"""What an operation carries out on a case."""
SEEN = "seen:"
"""The opening of a result, once for each revision."""
DELIVERED = "delivered:"
"""The delivery of a notice of a result, by the provider's word."""
BOUNCED = "bounced:"
"""The return of such a notice."""

RESERVED = (WAKE, LAUNCH, OPERATION, SEEN, DELIVERED, BOUNCED)
