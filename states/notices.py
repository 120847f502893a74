"""Which notices an event causes, for whom, and from which template. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from states.appraisal import Appraisal, Duty, DutyKind
from states.duties import STATEMENTS
from states.events import Acted, Event, Lapsed, Launched, RungReached
from states.rules import RungKind
from states.stages import HOLDERS, Capacity, Stage
from states.templates import INFORMING, Template
from states.triggers import Trigger


@dataclass(frozen=True, slots=True)
class Notice:
    """What everybody who holds a capacity, or one person, is told."""

    stage: Stage
    """The stage of the case when the notice is given."""
    rule: str
    """The cause: the rung of a ladder, the trigger, the fact that is told, or the term of what is owed."""
    occurrence: int
    """The sequence of the event. Stage, rule and occurrence identify a notice among those of one reader."""
    audience: Capacity
    template: Template
    due_on: dt.date | None
    at: dt.datetime
    """The moment of the event, in business time."""
    inbox_only: bool = False
    """Whether only the inbox shows it, without messages."""
    duty: DutyKind | None = None
    """What is owed beside the stage, where it is about that."""
    recipient: str | None = None
    """The one person who is told; None means every holder of the audience's capacity then."""


_TOLD_TO_EMPLOYEE = frozenset(
    {
        Trigger.SUSPEND,
        Trigger.WAIT_FOR_RETURN,
        Trigger.CLOSE_PERIOD,
        Trigger.ANSWER_DISPUTE,
        Trigger.FOLLOW_PATH,
        Trigger.ADOPT_RULES,
    }
)
"""Triggers by others that cause a notice to the employee. A cancellation causes none: most cancelled cases are those
of people who died or left."""

_NAMES_A_RATER = frozenset({Trigger.REASSIGN, Trigger.NOTE_CHANGE})
"""Triggers that give the employee a notice if they hand over the rater's capacity."""


_TOLD_AS_FACTS: dict[Trigger, tuple[tuple[Capacity, Template], ...]] = {
    Trigger.OBJECT: (
        (Capacity.EMPLOYEE, Template.OBJECTION_FILED),
        (Capacity.RATER, Template.OBJECTION_FILED),
    ),
    **dict.fromkeys(
        (
            Trigger.DISMISS_OBJECTION,
            Trigger.UPHOLD_RESULT,
            Trigger.CHANGE_RESULT,
            Trigger.WITHDRAW_OBJECTION,
        ),
        ((Capacity.EMPLOYEE, Template.OBJECTION_ENDED), (Capacity.RATER, Template.OBJECTION_ENDED)),
    ),
    Trigger.GIVE_STATEMENT: ((Capacity.APPEALS_OFFICER, Template.STATEMENT_GIVEN),),
    Trigger.RECORD_RECEIPT: ((Capacity.EMPLOYEE, Template.RECEIPT_RECORDED),),
    Trigger.ANSWER_RECEIPT: ((Capacity.EMPLOYEE, Template.RECEIPT_ANSWERED),),
    Trigger.DECLARE_CONFLICT: (
        (Capacity.EMPLOYEE, Template.CONFLICT_DECLARED),
        (Capacity.HR, Template.CONFLICT_DECLARED),
    ),
}
"""Who is told what of an action, whatever it asks of anybody."""


def notices_of(event: Event, after: Appraisal) -> list[Notice]:
    """The notices that an event causes; ``after`` is the case as the event leaves it."""
    match event:
        case RungReached():
            return _of_rung(event, after)
        case Acted():
            moved = _of_move(event, after) if event.target is not event.source else []
            return [*moved, *_of_change(event, after), *_of_duties(event, after), *_facts(event, after)]
        case Lapsed():
            return _of_lapse(event, after)
        case Launched():
            return []


def still_to_tell(notices: Iterable[Notice], after: Appraisal) -> list[Notice]:
    """Those of one decision that say where the case stands ``after`` it, and the facts on its way.

    A stage that was only passed through opened no task and needs no notice.
    """
    return [notice for notice in notices if notice.stage is after.stage or notice.template in INFORMING]


def _facts(event: Acted, after: Appraisal) -> list[Notice]:
    # The template is the cause here: one reader may be told the fact and get a task by the same event.
    told = [
        replace(_of_act(event, after, audience, template), rule=template.value)
        for audience, template in _TOLD_AS_FACTS.get(event.trigger, ())
    ]
    if event.trigger is Trigger.DECLARE_CONFLICT:
        # Both raters by name: the former one holds nothing any more, and the new one perhaps not yet a task.
        raters = (each for each in (event.actor, event.assignee) if each is not None)
        told += [replace(told[0], audience=Capacity.RATER, recipient=each) for each in raters]
    return told


def _of_duties(event: Acted, after: Appraisal) -> list[Notice]:
    """Whoever owes something from now on is told; a moved day is told to everybody who waits for it."""
    moved = event.trigger is Trigger.ADOPT_CALENDAR
    template = Template.DEADLINE_MOVED if moved else Template.DUTY_OPENED
    told = [
        replace(
            _of_act(event, after, duty.capacity, template, due_on=duty.deadline.due_on),
            rule=duty.deadline.rule,
            duty=duty.kind,
        )
        for duty in event.duties
        if duty in after.duties and (moved or duty.kind is not DutyKind.REPORT)
    ]
    if moved and event.deadline is not None:
        concerned = dict.fromkeys((HOLDERS.get(after.stage, Capacity.EMPLOYEE), Capacity.EMPLOYEE))
        told += [_of_act(event, after, each, template, due_on=_due_on(after)) for each in concerned]
    return told


def _of_lapse(event: Lapsed, after: Appraisal) -> list[Notice]:
    """The officer learns that a side has let its day pass."""
    duty = _duty_of(event.rule, after)
    if duty is None or STATEMENTS.get(duty.capacity) is not duty.kind:
        return []
    return [
        Notice(
            after.stage,
            event.rule,
            after.sequence,
            Capacity.APPEALS_OFFICER,
            Template.STATEMENT_MISSING,
            event.due_on,
            event.at,
            duty=duty.kind,
        )
    ]


def _duty_of(rule: str, after: Appraisal) -> Duty | None:
    return next((duty for duty in after.duties if duty.deadline.rule == rule), None)


def _of_rung(event: RungReached, after: Appraisal) -> list[Notice]:
    told = [_of_ladder(event, after, capacity) for capacity in event.audience]
    shown = [_of_ladder(event, after, capacity) for capacity in _shown_to(event, after)]
    return [*told, *(replace(notice, inbox_only=True) for notice in shown)]


def _shown_to(event: RungReached, after: Appraisal) -> list[Capacity]:
    """No escalation is hidden from the employee or the late holder: both see it in the inbox."""
    if event.rung is not RungKind.ESCALATION:
        return []
    duty = _duty_of(event.rule, after)
    holder = HOLDERS.get(after.stage, Capacity.EMPLOYEE) if duty is None else duty.capacity
    concerned = {Capacity.EMPLOYEE, holder}
    return sorted(concerned - {*event.audience, Capacity.CLOCK})


def _of_move(event: Acted, after: Appraisal) -> list[Notice]:
    """Whoever is awaited in the new stage is told; of the end of a case its employee is."""
    if event.target is Stage.FINALISED:
        decided = event.trigger in _TOLD_AS_FACTS
        return [] if decided else [_of_act(event, after, Capacity.EMPLOYEE, Template.FINALISED)]
    holder = HOLDERS.get(event.target)
    if holder is None or holder is Capacity.CLOCK or event.target is Stage.SUSPENDED:
        return []
    template = Template.RESULT_READY if event.target is Stage.RESPONSE else Template.TASK_OPENED
    return [_of_act(event, after, holder, template, due_on=_due_on(after))]


def _of_change(event: Acted, after: Appraisal) -> list[Notice]:
    """The successor and the employee concerned get a notice; for an extension both sides do."""
    notices = _of_extension(event, after)
    if event.trigger is Trigger.NOTE_SUPERIOR_PLAN:
        about = Template.SUPERIOR_PLAN_SET
        notices.append(_of_act(event, after, Capacity.EMPLOYEE, about, due_on=_due_on(after)))
    holder = HOLDERS.get(event.target)
    stays = event.target is event.source
    if stays and event.assignee and holder and holder is event.assigned_capacity:
        handed_over = _of_act(event, after, holder, Template.HANDED_OVER)
        notices.append(replace(handed_over, recipient=event.assignee))
    told_by_the_task = not stays and holder is Capacity.EMPLOYEE
    if _concerns_employee(event) and not told_by_the_task:
        notices.append(_of_act(event, after, Capacity.EMPLOYEE, Template.CHANGED))
    return notices


def _of_extension(event: Acted, after: Appraisal) -> list[Notice]:
    if event.trigger is not Trigger.EXTEND or after.deadline is None:
        return []
    # HR makes every extension and needs no notice of it.
    told = dict.fromkeys((HOLDERS.get(event.target, Capacity.EMPLOYEE), Capacity.EMPLOYEE))
    told.pop(Capacity.HR, None)
    return [_of_act(event, after, capacity, Template.EXTENDED, due_on=_due_on(after)) for capacity in told]


def _concerns_employee(event: Acted) -> bool:
    names_a_rater = event.trigger in _NAMES_A_RATER and event.assigned_capacity is Capacity.RATER
    set_by_superior = event.trigger is Trigger.COUNTERSIGN and event.target is Stage.REPORTING
    return event.trigger in _TOLD_TO_EMPLOYEE or names_a_rater or set_by_superior


def _due_on(after: Appraisal) -> dt.date | None:
    return after.deadline.due_on if after.deadline else None


def _of_ladder(event: RungReached, after: Appraisal, audience: Capacity) -> Notice:
    duty = _duty_of(event.rule, after)
    template = Template(event.rung.value if duty is None else f"duty_{event.rung.value}")
    notice = Notice(after.stage, event.name, after.sequence, audience, template, event.due_on, event.at)
    return notice if duty is None else replace(notice, duty=duty.kind)


def _of_act(
    event: Acted, after: Appraisal, audience: Capacity, template: Template, *, due_on: dt.date | None = None
) -> Notice:
    return Notice(after.stage, event.trigger.value, after.sequence, audience, template, due_on, event.at)
