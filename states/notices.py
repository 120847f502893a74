"""Who is told what an event means for a case: which notices it causes, for whom, from which template. Pure."""

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
    """The words in which an event is told."""

    TASK_OPENED = "task_opened"
    """A task has opened."""
    RESULT_READY = "result_ready"
    """The own result can be read and answered."""
    FINALISED = "finalised"
    """The own appraisal is complete."""
    REMINDER = "reminder"
    """A due day comes near."""
    ESCALATION = "escalation"
    """A due day has passed."""
    EXTENDED = "extended"
    """A deadline was extended."""
    CHANGED = "changed"
    """Something happened to the case without its employee."""
    HANDED_OVER = "handed_over"
    """A task of somebody else has become one's own."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to be told to everybody who holds a capacity, or to one person."""

    stage: Stage
    """The stage in which the case is when it is told."""
    rule: str
    """What causes it: the rung of a ladder, or the trigger."""
    occurrence: int
    """The sequence of the event. Stage, rule and occurrence tell a notice from every other one of its reader."""
    audience: Capacity
    template: Template
    due_on: dt.date | None
    at: dt.datetime
    """The moment of the event, in business time."""
    inbox_only: bool = False
    """Whether it is shown in the inbox and sent nowhere."""
    recipient: str | None = None
    """The one person who is told; None means whoever holds the audience's capacity at that moment."""


_TOLD_TO_EMPLOYEE = frozenset({Trigger.SUSPEND, Trigger.CLOSE_PERIOD, Trigger.ANSWER_DISPUTE})
"""What happens to a case without its employee, who is therefore told. A cancelled case is told to nobody: most are
those of people who died or left."""

_NAMES_A_RATER = frozenset({Trigger.REASSIGN, Trigger.NOTE_CHANGE})
"""Triggers that are told to the employee where they hand over the rater's capacity."""


def notices_of(event: Event, after: Appraisal) -> list[Notice]:
    """The notices that an event causes; ``after`` is the case as the event leaves it."""
    match event:
        case RungReached():
            return _of_rung(event, after)
        case Acted():
            moved = _of_move(event, after) if event.target is not event.source else []
            return [*moved, *_of_change(event, after)]
        case Lapsed() | Launched():
            return []


def still_to_tell(notices: Iterable[Notice], after: Appraisal) -> list[Notice]:
    """Those of one decision that say where the case stands ``after`` it.

    A stage that was only passed through opened no task, so there is nothing to say of it.
    """
    return [notice for notice in notices if notice.stage is after.stage]


def _of_rung(event: RungReached, after: Appraisal) -> list[Notice]:
    told = [_of_ladder(event, after, capacity) for capacity in event.audience]
    shown = [_of_ladder(event, after, capacity) for capacity in _shown_to(event, after)]
    return [*told, *(replace(notice, inbox_only=True) for notice in shown)]


def _shown_to(event: RungReached, after: Appraisal) -> list[Capacity]:
    """Nothing climbs behind the back of the employee or of whoever is late: both see it in the inbox."""
    if event.rung is not RungKind.ESCALATION:
        return []
    concerned = {Capacity.EMPLOYEE, HOLDERS.get(after.stage, Capacity.EMPLOYEE)}
    return sorted(concerned - {*event.audience, Capacity.CLOCK})


def _of_move(event: Acted, after: Appraisal) -> list[Notice]:
    """Whoever is awaited in the new stage is told; of the end of a case its employee is."""
    if event.target is Stage.FINALISED:
        return [_of_act(event, after, Capacity.EMPLOYEE, Template.FINALISED)]
    holder = HOLDERS.get(event.target)
    if holder is None or holder is Capacity.CLOCK or event.target is Stage.SUSPENDED:
        return []
    template = Template.RESULT_READY if event.target is Stage.RESPONSE else Template.TASK_OPENED
    return [_of_act(event, after, holder, template, due_on=_due_on(after))]


def _of_change(event: Acted, after: Appraisal) -> list[Notice]:
    """Whoever takes over is told, and the employee whom it concerns; an extension is told to both sides."""
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
    # An extension is the doing of the personnel officers, who need not be told of it.
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
