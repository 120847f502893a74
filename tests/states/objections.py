"""Cases on their way to an objection, and through it, under the rules of today."""

import datetime as dt

from states.events import Acted
from states.stages import Capacity, Stage
from states.triggers import Trigger
from tests.states.builders import Case, case_in, current, local


def acknowledged() -> Case:
    """The result was delivered on Monday 21 December 2026 and received on the same day: 14 days end on 4 January."""
    case = case_in(Stage.RESPONSE, current())
    case.do(Trigger.ACKNOWLEDGE_RECEIPT)
    return case


def later(case: Case, days: int, hour: str = "10:00") -> dt.datetime:
    assert case.appraisal.received_on is not None
    day = case.appraisal.received_on + dt.timedelta(days=days)
    return local(f"{day} {hour}")


def facts(event: Acted) -> tuple[bool, int, int]:
    return event.late, event.late_by, event.late_by_law


def examined() -> Case:
    return case_in(Stage.OBJECTION_REVIEW, current())


def heard() -> Case:
    case = examined()
    for trigger in (Trigger.ASK_EMPLOYEE, Trigger.ASK_RATER):
        case.do(trigger)
    for side in (Capacity.EMPLOYEE, Capacity.RATER):
        case.do(Trigger.GIVE_STATEMENT, side)
    return case
