"""What operators can search the engine by. No personal data: search attributes are never encrypted.

Stores on SQL have room for ten keywords and three of each other kind per namespace.
"""

from temporalio.common import SearchAttributeKey, SearchAttributePair, TypedSearchAttributes

STAGE = SearchAttributeKey.for_keyword("KinerjaStage")
CYCLE = SearchAttributeKey.for_keyword("KinerjaCycle")
UNIT = SearchAttributeKey.for_keyword("KinerjaUnit")
OVERDUE = SearchAttributeKey.for_bool("KinerjaOverdue")

KEYS: tuple[SearchAttributeKey, ...] = (STAGE, CYCLE, UNIT, OVERDUE)

REGISTRATION: dict[str, str] = {
    STAGE.name: "Keyword",
    CYCLE.name: "Keyword",
    UNIT.name: "Keyword",
    OVERDUE.name: "Bool",
}
"""Name and type of each, as the server's registration wants them."""


def at_start(*, stage: str, cycle: str, unit: str) -> TypedSearchAttributes:
    """The attributes of a workflow that begins; ids only, never names."""
    return TypedSearchAttributes(
        [
            SearchAttributePair(STAGE, stage),
            SearchAttributePair(CYCLE, cycle),
            SearchAttributePair(UNIT, unit),
            SearchAttributePair(OVERDUE, False),
        ]
    )
