import uuid

from service.answer import Answer


class StepCount(Answer):
    """How many people have a predicate."""

    predicate: str
    predicate_name: str
    people: int


class RaterLine(Answer):
    """How one rater rates. Nobody whom he rated is named."""

    rater_id: uuid.UUID
    rater: str
    people: int
    mean: float | None
    """Of the numbers of the predicates; null for fewer than three people."""
    difference: float | None
    """The mean less that of all together: above 0 is more lenient. Null where either has no mean."""
    counts: list[StepCount]
    """By predicate, the best first."""


class LeniencyPage(Answer):
    """How raters rate beside all together. It is a picture: no rating is changed by it."""

    cycle_id: uuid.UUID
    unit_id: uuid.UUID | None
    """Null for all units."""
    unit: str | None
    subunits: bool
    people: int
    on_other_scales: int
    """How many people beside them have a predicate that the scheme of this cycle does not know."""
    mean: float | None
    counts: list[StepCount]
    items: list[RaterLine]
    """In an order that says nothing of how they rate. I myself am not among them."""
    next: str | None
