"""Prefixes of the keys under which the system itself records commands. Nobody else may use such a key."""

WAKE = "wake:"
"""What time has caused, when nobody acted."""
LAUNCH = "launch"
"""The launch of a case."""
OPERATION = "operation:"
"""What an operation carries out on a case."""
SEEN = "seen:"
"""The opening of a result, once for each revision."""
DELIVERED = "delivered:"
"""The delivery of a result's notice, as a provider reports it."""
BOUNCED = "bounced:"
"""The return of such a notice."""
SUPERIOR_PLAN = "superior_plan:"
"""The setting of the rater's own plan, once for each."""

RESERVED = (WAKE, LAUNCH, OPERATION, SEEN, DELIVERED, BOUNCED, SUPERIOR_PLAN)
