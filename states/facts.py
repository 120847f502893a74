"""What single actions leave behind in the snapshot beyond the move itself."""

from states.appraisal import Appraisal, Duty, Suspension
from states.duties import ASKING, DUTY_STAGES, fulfilled_by
from states.events import Acted
from states.stages import Capacity, Stage
from states.triggers import Trigger

_SIGNING = frozenset(
    {
        Trigger.RATE,
        Trigger.CONFIRM_RATING,
        Trigger.DELIVER_RESULT,
        Trigger.COUNTERSIGN,
        Trigger.CHANGE_RESULT,
    }
)
"""Triggers that set, confirm or sign a result: rated, signed on delivery (art 49(2)), countersigned, changed."""

_NOT_HEARD: dict[str, object] = {"asked": (), "heard": (), "silent": ()}
_NO_OBJECTION: dict[str, object] = {
    "objection_late": False,
    "late_by": 0,
    "late_by_law": 0,
    "objected_on": None,
}


def facts_of(appraisal: Appraisal, event: Acted) -> dict[str, object]:
    """The fields that an action changes, with their new values."""
    changes = _facts(appraisal, event) | _signature(appraisal, event)
    if event.outcome is not None:
        changes["outcome"] = event.outcome
    if event.reported:
        changes["reported"] = True
    return changes


def duties_after(appraisal: Appraisal, event: Acted) -> tuple[Duty, ...]:
    """What is owed after an action: what lasts in the new stage and is not fulfilled, and what begins."""
    if event.target is Stage.SUSPENDED:
        return ()
    fulfilled = fulfilled_by(event.trigger, event.capacity)
    begun = {duty.kind for duty in event.duties}
    lasting = (
        duty
        for duty in appraisal.duties
        if duty.kind is not fulfilled and duty.kind not in begun and event.target in DUTY_STAGES[duty.kind]
    )
    beginning = (duty for duty in event.duties if event.target in DUTY_STAGES[duty.kind])
    return (*lasting, *beginning)


def _facts(appraisal: Appraisal, event: Acted) -> dict[str, object]:
    match event.trigger:
        case Trigger.REVISE_PLAN:
            return {"plan_returns_to": event.source}
        case Trigger.APPROVE_PLAN:
            return {"plan_returns_to": None}
        case Trigger.REVIEW_CHECK_IN:
            return {"check_ins_done": appraisal.check_ins_done + 1}
        case Trigger.SUSPEND | Trigger.DISPUTE_RATER | Trigger.WAIT_FOR_RETURN:
            return {
                "suspension": Suspension(
                    event.source,
                    appraisal.deadline,
                    event.remainder,
                    appraisal.opens_on,
                    appraisal.duties,
                    event.remainders,
                ),
                "disputed": event.trigger is Trigger.DISPUTE_RATER,
            }
        case Trigger.RESUME:
            return {"suspension": None, "disputed": False, "away": False}
        case Trigger.CANCEL:
            return {"suspension": None, "disputed": False}
        case Trigger.NOTE_ABSENCE | Trigger.NOTE_RETURN:
            return {"away": event.trigger is Trigger.NOTE_ABSENCE}
        case Trigger.ANSWER_DISPUTE:
            return {"suspension": None, "disputed": False, "rater_confirmed": event.assignee is None}
        case Trigger.REASSIGN | Trigger.NOTE_CHANGE if event.assigned_capacity is Capacity.RATER:
            return {"rater_confirmed": False}
        case Trigger.DECLARE_CONFLICT if event.actor is not None:
            return {"rater_confirmed": False, "conflicted": (*appraisal.conflicted, event.actor)}
        case Trigger.CLOSE_PERIOD:
            return {"plan_returns_to": None, "period_closed": True}
        case Trigger.FOLLOW_PATH:
            return {"plan_returns_to": None}
        case Trigger.COUNTERSIGN if event.target is Stage.RESPONSE:
            return {"countersigned": True}
        case Trigger.DISPUTE_RECEIPT:
            return {"receipt_disputed": True}
        case Trigger.ACKNOWLEDGE_RECEIPT | Trigger.AGREE:
            return {"receipt_disputed": False}
        case Trigger.REOPEN:
            return _reopened(appraisal, event)
        case _:
            return _of_objection(appraisal, event)


def _of_objection(appraisal: Appraisal, event: Acted) -> dict[str, object]:
    match event.trigger:
        case Trigger.ASK_EMPLOYEE | Trigger.ASK_RATER:
            side = ASKING[event.trigger]
            return {
                "asked": tuple(dict.fromkeys((*appraisal.asked, side))),
                "heard": tuple(each for each in appraisal.heard if each is not side),
                "silent": tuple(each for each in appraisal.silent if each is not side),
            }
        case Trigger.GIVE_STATEMENT:
            return {
                "heard": tuple(dict.fromkeys((*appraisal.heard, event.capacity))),
                "silent": tuple(each for each in appraisal.silent if each is not event.capacity),
            }
        case Trigger.HEAR_EMPLOYEE:
            return {"heard": (*appraisal.heard, Capacity.EMPLOYEE)}
        case Trigger.HEAR_RATER:
            return {"heard": (*appraisal.heard, Capacity.RATER)}
        case Trigger.OBJECT:
            return {
                "objection_late": event.late,
                "late_by": event.late_by,
                "late_by_law": event.late_by_law,
                "objected_on": event.objected_on,
                "suspension": None,
                "outcome": None,
                **_NOT_HEARD,
            }
        case Trigger.ANSWER_RECEIPT:
            corrected = event.received_on is not None and appraisal.objected_on is not None
            lateness: dict[str, object] = {
                "objection_late": event.late,
                "late_by": event.late_by,
                "late_by_law": event.late_by_law,
            }
            return {"receipt_disputed": False, "receipt_confirmed": True} | (lateness if corrected else {})
        case _:
            return {}


def _reopened(appraisal: Appraisal, event: Acted) -> dict[str, object]:
    """A result that an objection has settled is decided anew, by what both sides have said; any other is rated anew.

    The target tells which: earlier cases were rated anew whatever had settled them.
    """
    changes: dict[str, object] = {"revision": appraisal.revision + 1, "outcome": None}
    if event.target is not Stage.RATING:
        return changes
    return changes | {"countersigned": False, "reported": False, **_NOT_HEARD, **_NO_OBJECTION}


def _signature(appraisal: Appraisal, event: Acted) -> dict[str, object]:
    """Whoever touched a result stays on record: he decides no objection, whoever rated after him."""
    if event.trigger not in _SIGNING or event.actor is None:
        return {}
    signing = (person for person in (event.actor, event.on_behalf_of) if person is not None)
    return {"result_by": tuple(dict.fromkeys((*appraisal.result_by, *signing)))}
