import uuid
from typing import Literal

from service.answer import Answer


class ReportedPart(Answer):
    """A nomination or award that is met."""

    name: str
    label: str


class ReportLine(Answer):
    """The result of one person as it is reported (PP 30/2019 art 51(2))."""

    person_id: uuid.UUID
    name: str
    nip_masked: str
    post: str
    unit_code: str
    unit: str
    appraisal_id: uuid.UUID
    score: float | None
    """Null where the scheme computes none."""
    predicate: str
    predicate_name: str
    settled: Literal["final", "not_final", "under_objection"]
    """What is not final is reported all the same, marked as such."""
    under_objection: bool
    changed_after_objection: bool
    """Whether a decision on an objection set this result."""
    problems: str | None
    """As the rater wrote them."""
    recommendation: str | None
    credit_points: str | None
    nominations: list[ReportedPart]
    awards: list[ReportedPart]


class YearReport(Answer):
    """A page of the report of a cycle."""

    cycle_id: uuid.UUID
    article: str
    items: list[ReportLine]
    next: str | None
