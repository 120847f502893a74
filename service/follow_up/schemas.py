import uuid
from typing import Literal

from service.answer import Answer

Kind = Literal["nomination", "award"]


class ShownReason(Answer):
    """One condition, and whether it holds."""

    code: str
    holds: bool
    text: str
    """In my language."""


class ShownFollowUp(Answer):
    """One thing that may follow from a result. A person decides what comes of it."""

    kind: Kind
    name: str
    label: str
    gives: str
    """What it may lead to."""
    article: str
    met: bool
    """Whether every condition holds: why me, or why not me."""
    reasons: list[ShownReason]


class ShownCreditPoints(Answer):
    """Credit points (*angka kredit*)."""

    points: str | None
    """Rounded half up, as a decimal number; null where none are given."""
    level: str | None
    """The level of the functional post."""
    final: bool
    """False where none are given, and while the result may still change."""
    article: str
    reasons: list[ShownReason]


class YearLine(Answer):
    """The result of one of the years that count."""

    year: int
    predicate: str | None
    """Null where nothing is known, where it is not final, and where it is on another scale."""
    predicate_name: str | None
    settled: Literal["final", "not_final", "under_objection", "missing"]
    source: Literal["appraisal", "earlier_result"] | None
    """Whether it was appraised here, or handed in from before."""


class CaseFollowUp(Answer):
    """What follows from the result of a case."""

    appraisal_id: uuid.UUID
    year: int
    decided_elsewhere: bool
    """Whether a later period of the same year decides about nominations and awards; none are listed here then."""
    years: list[YearLine]
    """The appraised year and those before it that count, the latest first."""
    items: list[ShownFollowUp]
    credit_points: ShownCreditPoints | None
    """Null where the scheme knows none."""


class FollowUpLine(Answer):
    """Somebody of a list, with what follows for him."""

    person_id: uuid.UUID
    name: str
    nip_masked: str
    post: str
    unit_code: str
    unit: str
    appraisal_id: uuid.UUID
    items: list[ShownFollowUp]
    """Of one name where it was asked for, else all."""
    credit_points: ShownCreditPoints | None


class FollowUpPage(Answer):
    """A page of people of a cycle, in an order that says nothing of how they did."""

    cycle_id: uuid.UUID
    items: list[FollowUpLine]
    next: str | None
