"""Which tasks open, close and move their due day with one decision: that of the stage, and one for each duty."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from states.appraisal import Appraisal
from states.codec import Json
from states.events import Acted, Event
from states.stages import HOLDERS, Capacity
from states.triggers import Trigger
from store.appraisal.deadline_rows import STAGE


@dataclass(frozen=True, slots=True)
class TaskRows:
    """What becomes of the open tasks; each is named by its duty."""

    closing: list[str]
    opening: list[Json]
    staying: list[Json]


def task_rows(before: Appraisal, after: Appraisal, events: Iterable[Event], *, left: bool) -> TaskRows:
    """The tasks after ``events``; ``left`` says whether the case has left the stage that it stood in."""
    had, anew = {duty.kind for duty in before.duties}, _begun(events)
    has = {duty.kind for duty in after.duties}
    closing = [kind.value for kind in sorted(had) if kind in anew or kind not in has]
    opening: list[Json] = []
    staying: list[Json] = []
    for duty in after.duties:
        row = _row(duty.kind.value, duty.capacity, duty.deadline.due_on)
        (opening if duty.kind in anew or duty.kind not in had else staying).append(row)
    holder = HOLDERS.get(after.stage)
    if holder is not None and holder is not Capacity.CLOCK:
        due_on = after.deadline.due_on if after.deadline else None
        (opening if left else staying).append(_row(STAGE, holder, due_on))
    return TaskRows([*closing, STAGE] if left else closing, opening, staying)


def _begun(events: Iterable[Event]) -> set[str]:
    """Duties that began, also in place of one of their kind. A calendar only moves them."""
    return {
        duty.kind
        for event in events
        if isinstance(event, Acted) and event.trigger is not Trigger.ADOPT_CALENDAR
        for duty in event.duties
    }


def _row(duty: str, capacity: Capacity, due_on: dt.date | None) -> Json:
    return {"duty": duty, "capacity": capacity.value, "due_on": due_on.isoformat() if due_on else None}
