"""What operators can search the engine by. No personal data: search attributes are never encrypted.

Stage and lateness are not among them. To keep one up to date would cost an event and a write to the visibility store
for every command, a third of the engine's work. Lists by stage come from the database anyway.
"""

from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

CYCLE = SearchAttributeKey.for_keyword("KinerjaCycle")
UNIT = SearchAttributeKey.for_keyword("KinerjaUnit")

REGISTRATION: dict[str, str] = {CYCLE.name: "Keyword", UNIT.name: "Keyword"}
"""Name and type of each, in the form in which the server registers them."""


def at_start(*, cycle: str, unit: str) -> TypedSearchAttributes:
    """The attributes of a workflow that begins; ids only, never names."""
    return TypedSearchAttributes([SearchAttributePair(CYCLE, cycle), SearchAttributePair(UNIT, unit)])
