"""More time for running deadlines: whose, and until when."""

import datetime as dt
import uuid

from states.appraisal import Appraisal
from states.calendar import WorkingCalendar
from states.changes import DeadlineUnit, Extension
from states.errors import ParameterInvalid
from states.operations.items import Item
from states.stages import Stage
from states.triggers import Trigger


def check_extension(change: Extension) -> None:
    """Refuses an extension that does not say for whom or until when. Raises `ParameterInvalid`."""
    if not change.people and change.unit is None and change.cycle is None:
        raise ParameterInvalid("Name people, a unit or a cycle whose deadlines are extended.", field="people")
    if (change.until is None) == (change.length is None):
        raise ParameterInvalid("Give either a new due day (until) or a length.", field="until")
    if Stage.SUSPENDED in change.stages:
        raise ParameterInvalid("A suspended appraisal has no running deadline; resume it.", field="stages")


def require_cycle(*, known: bool) -> None:
    """Refuses a cycle of another agency. Raises `ParameterInvalid`."""
    if not known:
        raise ParameterInvalid("The agency has no such cycle.", field="cycle")


def counts_working_days(change: Extension) -> bool:
    """Whether the new due day depends on the working calendar of each case."""
    return change.until is None and change.unit_of_length is DeadlineUnit.WORKING_DAYS


def extended(
    identity: uuid.UUID, appraisal: Appraisal, change: Extension, calendar: WorkingCalendar | None
) -> Item | None:
    """What the extension means for a case; None for a case without a running deadline.

    ``calendar`` is the case's calendar if the change `counts_working_days`, else None.
    """
    until = change.until
    if until is None and appraisal.deadline is not None and change.length is not None:
        due_on = appraisal.deadline.due_on
        if calendar is not None:
            until = calendar.add_working_days(due_on, change.length)
        else:
            until = due_on + dt.timedelta(days=change.length)
    return None if until is None else Item(identity, Trigger.EXTEND, {"until": until.isoformat()})
