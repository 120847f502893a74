"""The snapshot of one appraisal: all that the core needs to decide, no personal data."""

import datetime as dt
from dataclasses import dataclass

from states.receipt_evidence import Evidence
from states.stages import Capacity, Stage
from states.triggers import Outcome


@dataclass(frozen=True, slots=True)
class Deadline:
    """A running deadline (*batas waktu*).

    ``passed`` counts the steps of its ladder that lie behind; ``lapsed`` is true from the end of the due day.
    """

    rule: str
    started_on: dt.date
    due_on: dt.date
    passed: int = 0
    lapsed: bool = False


@dataclass(frozen=True, slots=True)
class Suspension:
    """What stands still while an appraisal is suspended.

    ``remainder`` is counted in the unit of the suspended deadline; negative means overdue by so much.
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
    """Day on which the clock opens the next stage, for the stages that wait on it."""
    deadline: Deadline | None = None
    revision: int = 1
    """1 at first; each reopening after finalisation adds one."""
    check_ins_done: int = 0
    plan_returns_to: Stage | None = None
    suspension: Suspension | None = None
    received_on: dt.date | None = None
    """Evidenced receipt of the result, from which arts 49(3) and 59(1) count."""
    evidence: Evidence | None = None
    """What began those days; None where they have not begun, or began before evidence was told apart."""
    acknowledged: bool = False
    """The employee has confirmed the receipt himself, be it after the days began."""
    seen: bool = False
    """He has opened the result."""
    delivered_on: dt.date | None = None
    """The day on which the notice of the result is known to have reached him."""
    deemed_on: dt.date | None = None
    """The day at whose end receipt is deemed; None where the scheme deems nothing or nothing was delivered."""
    heard: tuple[Capacity, ...] = ()
    result_by: tuple[str, ...] = ()
    """Who set or signed the present result, and so may not decide an objection to it."""
    objection_late: bool = False
    disputed: bool = False
    """The employee has said that the rater is the wrong one, and HR has not answered yet."""
    rater_confirmed: bool = False
    """HR has answered that the rater is the right one; the same rater is not disputed again."""
    outcome: Outcome | None = None
