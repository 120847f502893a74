"""The snapshot of one appraisal: all that the core needs to decide, no personal data."""

import datetime as dt
from dataclasses import dataclass

from states.receipt_evidence import Evidence
from states.stages import Capacity, Stage
from states.triggers import Outcome


@dataclass(frozen=True, slots=True)
class Deadline:
    """A running deadline (*tenggat*).

    ``passed`` counts the past steps of its ladder; ``lapsed`` is true from the end of the due day.
    """

    rule: str
    started_on: dt.date
    due_on: dt.date
    passed: int = 0
    lapsed: bool = False


@dataclass(frozen=True, slots=True)
class Suspension:
    """What a suspended case keeps until it resumes.

    ``remainder`` is counted in the unit of the suspended deadline; negative means overdue by that many.
    """

    source: Stage
    deadline: Deadline | None = None
    remainder: int | None = None
    opens_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
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
    """Day of evidenced receipt, from which art 59 counts."""
    evidence: Evidence | None = None
    """The evidence that began the 14 days; None before that, or if the event is older than this field."""
    acknowledged: bool = False
    """The employee himself confirmed the receipt, even after the 14 days began."""
    seen: bool = False
    """He has opened the result."""
    delivered_on: dt.date | None = None
    """The day on which the notice of the result is known to have arrived."""
    deemed_on: dt.date | None = None
    """Receipt is deemed at this day's end; None if the scheme never deems it or nothing was delivered."""
    heard: tuple[Capacity, ...] = ()
    result_by: tuple[str, ...] = ()
    """People who set or signed the present result; they decide no objection to it."""
    objection_late: bool = False
    disputed: bool = False
    """The employee has said that the rater is the wrong one, and HR has not answered yet."""
    rater_confirmed: bool = False
    """HR has answered that the rater is the right one; the same rater is not disputed again."""
    outcome: Outcome | None = None
