"""Snapshots from events."""

from dataclasses import fields
from operator import attrgetter

from states.appraisal import Appraisal, Deadline, Suspension
from states.events import Acted, Event, Lapsed, Launched, RungReached
from states.receipt_record import receipt_snapshot
from states.stages import Capacity, Stage
from states.triggers import Trigger

_SIGNING = frozenset({Trigger.RATE, Trigger.DELIVER_RESULT, Trigger.COUNTERSIGN, Trigger.CHANGE_RESULT})
"""Triggers that set or sign the result: rated, signed on delivery (art 49(2)), countersigned, changed."""

_SET = {field.name: getattr(Appraisal, field.name).__set__ for field in fields(Appraisal)}
"""The setter of each field by name, used while a new snapshot is not shared yet."""

_values_of = attrgetter(*_SET)


def launch(identity: str, event: Launched) -> Appraisal:
    """The first snapshot of a case, after its first event."""
    return Appraisal(
        id=identity,
        employee=event.employee,
        year=event.year,
        rulebook=event.rulebook,
        calendar=event.calendar,
        stage=Stage.SCHEDULED,
        sequence=1,
        entered_at=event.at,
        opens_on=event.opens_on,
        check_ins_done=event.check_ins_done,
    )


def evolve(appraisal: Appraisal, event: Event) -> Appraisal:
    """The snapshot after ``event``; pure and total over events that `decide` produced.

    Raises `ValueError` for a second launch, which no history can hold.
    """
    match event:
        case Acted():
            return _acted(appraisal, event)
        case RungReached():
            return _step_passed(appraisal, lapsed=False)
        case Lapsed():
            return _step_passed(appraisal, lapsed=True)
        case Launched():
            raise ValueError("an appraisal is launched once")


def _step_passed(appraisal: Appraisal, *, lapsed: bool) -> Appraisal:
    deadline = appraisal.deadline
    if deadline is None:
        raise ValueError("a step of a deadline was reached where none runs")
    stepped = Deadline(
        deadline.rule, deadline.started_on, deadline.due_on, deadline.passed + 1, deadline.lapsed or lapsed
    )
    return _changed(appraisal, {"sequence": appraisal.sequence + 1, "deadline": stepped})


def _changed(appraisal: Appraisal, changes: dict[str, object]) -> Appraisal:
    """Does what `dataclasses.replace` does in less than half the time: every event makes a snapshot.

    An `Appraisal` checks nothing when it is made, so no check is skipped. Raises `KeyError` for an unknown field.
    """
    changed = object.__new__(Appraisal)
    for set_field, value in zip(_SET.values(), _values_of(appraisal), strict=True):
        set_field(changed, value)
    for name, value in changes.items():
        _SET[name](changed, value)
    return changed


def _acted(appraisal: Appraisal, event: Acted) -> Appraisal:
    moved = event.target is not event.source
    changes: dict[str, object] = {"sequence": appraisal.sequence + 1}
    if moved:
        changes |= {
            "stage": event.target,
            "entered_at": event.at,
            "deadline": event.deadline,
            "opens_on": event.opens_on,
        }
    elif event.deadline is not None:
        changes["deadline"] = event.deadline
    changes |= receipt_snapshot(event)
    changes |= _facts(appraisal, event)
    return _changed(appraisal, changes)


def _facts(appraisal: Appraisal, event: Acted) -> dict[str, object]:
    """Facts that a trigger leaves besides the move itself."""
    match event.trigger:
        case Trigger.REVISE_PLAN:
            return {"plan_returns_to": event.source}
        case Trigger.APPROVE_PLAN:
            return {"plan_returns_to": None}
        case Trigger.REVIEW_CHECK_IN:
            return {"check_ins_done": appraisal.check_ins_done + 1}
        case Trigger.HEAR_EMPLOYEE:
            return {"heard": (*appraisal.heard, Capacity.EMPLOYEE)}
        case Trigger.HEAR_RATER:
            return {"heard": (*appraisal.heard, Capacity.RATER)}
        case Trigger.OBJECT:
            return {"objection_late": event.late, "heard": ()}
        case Trigger.SUSPEND | Trigger.DISPUTE_RATER:
            return {
                "suspension": Suspension(
                    event.source, appraisal.deadline, event.remainder, appraisal.opens_on
                ),
                "disputed": event.trigger is Trigger.DISPUTE_RATER,
            }
        case Trigger.RESUME | Trigger.CANCEL:
            return {"suspension": None, "disputed": False}
        case Trigger.ANSWER_DISPUTE:
            return {"suspension": None, "disputed": False, "rater_confirmed": event.assignee is None}
        case Trigger.REASSIGN | Trigger.NOTE_CHANGE if event.assigned_capacity is Capacity.RATER:
            return {"rater_confirmed": False}
        case Trigger.CLOSE_PERIOD:
            return {"plan_returns_to": None}
        case Trigger.REOPEN:
            return {
                "revision": appraisal.revision + 1,
                "heard": (),
                "result_by": (),
                "objection_late": False,
                "outcome": None,
            }
        case _:
            return _signature(appraisal, event) | (
                {} if event.outcome is None else {"outcome": event.outcome}
            )


def _signature(appraisal: Appraisal, event: Acted) -> dict[str, object]:
    if event.trigger not in _SIGNING or event.actor is None:
        return {}
    earlier = () if event.trigger is Trigger.RATE else appraisal.result_by
    signing = (person for person in (event.actor, event.on_behalf_of) if person is not None)
    return {"result_by": tuple(dict.fromkeys((*earlier, *signing)))}
