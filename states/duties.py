"""What may be owed beside a stage: by whom, in which stages, and how it ends. Data."""

from states.appraisal import DutyKind
from states.stages import Capacity, Stage
from states.triggers import Trigger

_RATED = frozenset(
    {
        Stage.RATING,
        Stage.MODERATION,
        Stage.FEEDBACK_MEETING,
        Stage.RESPONSE,
        Stage.COUNTERSIGN,
        Stage.OBJECTED,
        Stage.OBJECTION_REVIEW,
    }
)

DUTY_STAGES: dict[DutyKind, frozenset[Stage]] = {
    DutyKind.EMPLOYEE_STATEMENT: frozenset({Stage.OBJECTION_REVIEW}),
    DutyKind.RATER_STATEMENT: frozenset({Stage.OBJECTION_REVIEW}),
    DutyKind.REPORT: _RATED,
    DutyKind.RECEIPT_ANSWER: frozenset(
        {Stage.RESPONSE, Stage.COUNTERSIGN, Stage.OBJECTED, Stage.OBJECTION_REVIEW}
    ),
}
"""The stages in which a duty lasts; it ends where the case goes on to another one."""

DUTY_HOLDERS: dict[DutyKind, Capacity] = {
    DutyKind.EMPLOYEE_STATEMENT: Capacity.EMPLOYEE,
    DutyKind.RATER_STATEMENT: Capacity.RATER,
    DutyKind.REPORT: Capacity.RATER,
    DutyKind.RECEIPT_ANSWER: Capacity.HR,
}
"""Who owes it."""

STATEMENTS: dict[Capacity, DutyKind] = {
    Capacity.EMPLOYEE: DutyKind.EMPLOYEE_STATEMENT,
    Capacity.RATER: DutyKind.RATER_STATEMENT,
}
"""The explanation of each side (PP 30/2019 art 59(3))."""

ASKING: dict[Trigger, Capacity] = {
    Trigger.ASK_EMPLOYEE: Capacity.EMPLOYEE,
    Trigger.ASK_RATER: Capacity.RATER,
}
"""Triggers that ask a side for its explanation."""

_FULFILLED: dict[Trigger, DutyKind] = {
    Trigger.REPORT_PROVISIONALLY: DutyKind.REPORT,
    Trigger.ANSWER_RECEIPT: DutyKind.RECEIPT_ANSWER,
}


def fulfilled_by(trigger: Trigger, capacity: Capacity) -> DutyKind | None:
    """The duty that an action of ``capacity`` fulfils, if any."""
    if trigger is Trigger.GIVE_STATEMENT:
        return STATEMENTS[capacity]
    return _FULFILLED.get(trigger)
