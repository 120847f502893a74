"""The snapshot of one appraisal: all that the core needs to decide, no personal data."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from states.receipt_evidence import Evidence
from states.stages import Capacity, Stage
from states.triggers import Outcome, RatingBasis


@dataclass(frozen=True, slots=True)
class Deadline:
    """A running deadline (*batas waktu*).

    ``passed`` counts the past steps of its ladder; ``lapsed`` is true from the end of the due day.
    """

    rule: str
    started_on: dt.date
    due_on: dt.date
    passed: int = 0
    lapsed: bool = False
    statutory_on: dt.date | None = None
    """The day that the law gives, where ``due_on`` is another one: extended, recorded late, or stood still."""

    @property
    def by_law(self) -> dt.date:
        """The last day by the law alone."""
        return self.statutory_on or self.due_on


class DutyKind(StrEnum):
    """What somebody may owe beside what the stage awaits."""

    EMPLOYEE_STATEMENT = "employee_statement"
    """The employee's explanation of an objection (PP 30/2019 art 59(3))."""
    RATER_STATEMENT = "rater_statement"
    """The rater's explanation."""
    REPORT = "report"
    """The report of a result that is not settled yet (art 51(1))."""
    RECEIPT_ANSWER = "receipt_answer"
    """HR's answer to an employee who disputes a receipt on record."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something owed beside the stage, with its own deadline."""

    kind: DutyKind
    capacity: Capacity
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class Suspension:
    """What a suspended case keeps until it resumes.

    ``remainder`` is counted in the unit of the suspended deadline; negative means overdue by that many.
    """

    source: Stage
    deadline: Deadline | None = None
    remainder: int | None = None
    opens_on: dt.date | None = None
    duties: tuple[Duty, ...] = ()
    remainders: tuple[int, ...] = ()
    """What is left of each duty, in the unit of its deadline."""


@dataclass(frozen=True)
class Appraisal:
    """Where one employee's appraisal of one year stands after ``sequence`` events."""

    id: str
    employee: str
    year: int
    rulebook: str
    calendar: str
    stage: Stage
    sequence: int
    entered_at: dt.datetime
    opens_on: dt.date | None = None
    """For stages that wait on the clock: the day on which it opens the next stage."""
    deadline: Deadline | None = None
    revision: int = 1
    """1 at first; each reopening after finalisation adds one."""
    check_ins_done: int = 0
    plan_returns_to: Stage | None = None
    suspension: Suspension | None = None
    received_on: dt.date | None = None
    """Evidenced receipt of the result, from which arts 49(3) and 59(1) count."""
    evidence: Evidence | None = None
    """The evidence that began the 14 days; None before that, or if the event is older than this field."""
    acknowledged: bool = False
    """The employee himself confirmed the receipt, even after the 14 days began."""
    seen: bool = False
    """He has opened the result."""
    delivered_on: dt.date | None = None
    """The day on which the notice of the result is known to have arrived."""
    deemed_on: dt.date | None = None
    """The day at whose end receipt is deemed; None where the scheme deems nothing or nothing was delivered."""
    response_due: dt.date | None = None
    """Last day on which an objection is in time (art 59(1)), whatever is signed meanwhile."""
    response_by_law: dt.date | None = None
    """The same by the law alone."""
    receipt_disputed: bool = False
    """The employee has said that the receipt on record is wrong, and HR has not answered yet."""
    receipt_confirmed: bool = False
    """HR has answered a dispute about the receipt; it is not disputed again."""
    duties: tuple[Duty, ...] = ()
    """What is owed beside the stage."""
    asked: tuple[Capacity, ...] = ()
    """Who was asked for an explanation of the objection."""
    heard: tuple[Capacity, ...] = ()
    """Who gave one."""
    silent: tuple[Capacity, ...] = ()
    """Who was asked and gave none by the day."""
    result: str | None = None
    """Digest of the text that holds the present result."""
    substance: str | None = None
    """Digest of what it says, whoever wrote it."""
    result_by: tuple[str, ...] = ()
    """Everybody who ever rated, confirmed, signed, countersigned or changed a result: they decide no objection."""
    conflicted: tuple[str, ...] = ()
    """Everybody who declared a conflict of interest: they neither rate nor decide anything in this case."""
    countersigned: bool = False
    """The rater's superior set the result before it was delivered."""
    reported: bool = False
    objected_on: dt.date | None = None
    objection_late: bool = False
    late_by: int = 0
    """Days by which the objection is late, all extensions counted."""
    late_by_law: int = 0
    """Days by which it is late by the law alone."""
    period_began_on: dt.date | None = None
    """First day of a period that began within the year."""
    period_closed: bool = False
    """The period was closed within the year, and is rated."""
    basis: RatingBasis | None = None
    """Another basis of the rating than a plan."""
    away: bool = False
    """The employee is away, as the record of the case has it."""
    disputed: bool = False
    """The employee has said that the rater is the wrong one, and HR has not answered yet."""
    rater_confirmed: bool = False
    """HR has answered that the rater is the right one; the same rater is not disputed again."""
    outcome: Outcome | None = None

    @property
    def stage_of_work(self) -> Stage:
        """The stage; of a suspended case the one in which it was stopped."""
        return self.stage if self.suspension is None else self.suspension.source
