"""What operators can search the engine by. No personal data: search attributes are never encrypted.

Neither stage nor lateness is among them. Keeping one up to date costs an event and a write to the visibility store
for every command, a third of the engine's work, and lists by stage come from the database anyway.
"""

from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

CYCLE = SearchAttributeKey.for_keyword("KinerjaCycle")
UNIT = SearchAttributeKey.for_keyword("KinerjaUnit")

REGISTRATION: dict[str, str] = {CYCLE.name: "Keyword", UNIT.name: "Keyword"}
"""Name and type of each, as the server's registration wants them."""


def at_start(*, cycle: str, unit: str) -> TypedSearchAttributes:
    """The attributes of a workflow that begins; ids only, never names."""
    return TypedSearchAttributes([SearchAttributePair(CYCLE, cycle), SearchAttributePair(UNIT, unit)])
