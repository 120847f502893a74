"""Which notices an event causes, for whom, and from which template. Pure."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from states.appraisal import Appraisal
from states.events import Acted, Event, Lapsed, Launched, RungReached
from states.rules import RungKind
from states.stages import HOLDERS, Capacity, Stage
from states.triggers import Trigger


class Template(StrEnum):
    """The words that announce an event."""

    TASK_OPENED = "task_opened"
    """A task has opened."""
    RESULT_READY = "result_ready"
    """The result can be read and answered."""
    FINALISED = "finalised"
    """The case is complete."""
    REMINDER = "reminder"
    """A due day is near."""
    ESCALATION = "escalation"
    """A due day has passed."""
    EXTENDED = "extended"
    """A deadline was extended."""
    CHANGED = "changed"
    """Something happened to the case without its employee."""
    HANDED_OVER = "handed_over"
    """The reader has taken over somebody's task."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What everybody who holds a capacity, or one person, is told."""

    stage: Stage
    """The stage of the case when the notice is given."""
    rule: str
    """The cause: the rung of a ladder, or the trigger."""
    occurrence: int
    """The sequence of the event. Stage, rule and occurrence identify a notice among those of one reader."""
    audience: Capacity
    template: Template
    due_on: dt.date | None
    at: dt.datetime
    """The moment of the event, in business time."""
    inbox_only: bool = False
    """Whether only the inbox shows it, without messages."""
    recipient: str | None = None
    """The one person who is told; None means every holder of the audience's capacity then."""


_TOLD_TO_EMPLOYEE = frozenset({Trigger.SUSPEND, Trigger.CLOSE_PERIOD, Trigger.ANSWER_DISPUTE})
"""Triggers by others that cause a notice to the employee. A cancellation causes none: most cancelled cases are those
of people who died or left."""

_NAMES_A_RATER = frozenset({Trigger.REASSIGN, Trigger.NOTE_CHANGE})
"""Triggers that give the employee a notice if they hand over the rater's capacity."""


def notices_of(event: Event, after: Appraisal) -> list[Notice]:
    """The notices that an event causes; ``after`` is the case after the event."""
    match event:
        case RungReached():
            return _of_rung(event, after)
        case Acted():
            moved = _of_move(event, after) if event.target is not event.source else []
            return [*moved, *_of_change(event, after)]
        case Lapsed() | Launched():
            return []


def still_to_tell(notices: Iterable[Notice], after: Appraisal) -> list[Notice]:
    """The notices of one decision about the stage in which it leaves the case.

    A stage that was only passed through opened no task and needs no notice.
    """
    return [notice for notice in notices if notice.stage is after.stage]


def _of_rung(event: RungReached, after: Appraisal) -> list[Notice]:
    told = [_of_ladder(event, after, capacity) for capacity in event.audience]
    shown = [_of_ladder(event, after, capacity) for capacity in _shown_to(event, after)]
    return [*told, *(replace(notice, inbox_only=True) for notice in shown)]


def _shown_to(event: RungReached, after: Appraisal) -> list[Capacity]:
    """No escalation is hidden from the employee or the late holder: both see it in the inbox."""
    if event.rung is not RungKind.ESCALATION:
        return []
    concerned = {Capacity.EMPLOYEE, HOLDERS.get(after.stage, Capacity.EMPLOYEE)}
    return sorted(concerned - {*event.audience, Capacity.CLOCK})


def _of_move(event: Acted, after: Appraisal) -> list[Notice]:
    """The holder of the new stage gets a notice; at the end of a case its employee does."""
    if event.target is Stage.FINALISED:
        return [_of_act(event, after, Capacity.EMPLOYEE, Template.FINALISED)]
    holder = HOLDERS.get(event.target)
    if holder is None or holder is Capacity.CLOCK or event.target is Stage.SUSPENDED:
        return []
    template = Template.RESULT_READY if event.target is Stage.RESPONSE else Template.TASK_OPENED
    return [_of_act(event, after, holder, template, due_on=_due_on(after))]


def _of_change(event: Acted, after: Appraisal) -> list[Notice]:
    """The successor and the employee concerned get a notice; for an extension both sides do."""
    notices = _of_extension(event, after)
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
    return event.trigger in _TOLD_TO_EMPLOYEE or names_a_rater


def _due_on(after: Appraisal) -> dt.date | None:
    return after.deadline.due_on if after.deadline else None


def _of_ladder(event: RungReached, after: Appraisal, audience: Capacity) -> Notice:
    template = Template(event.rung.value)
    return Notice(after.stage, event.name, after.sequence, audience, template, event.due_on, event.at)


def _of_act(
    event: Acted, after: Appraisal, audience: Capacity, template: Template, *, due_on: dt.date | None = None
) -> Notice:
    return Notice(after.stage, event.trigger.value, after.sequence, audience, template, due_on, event.at)
