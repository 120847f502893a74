"""Units are taken over by another one."""

import uuid
from collections.abc import Collection, Iterable

from states.changes import MergeUnits
from states.errors import ParameterInvalid
from states.operations.items import Item, Performed
from states.triggers import Trigger


def check_merger(change: MergeUnits) -> None:
    """No unit takes over itself. Raises `ParameterInvalid`."""
    if change.into in change.units:
        raise ParameterInvalid("A unit cannot be merged into itself.", field="into")


def refuse_unit_below(change: MergeUnits, above: Collection[uuid.UUID]) -> None:
    """``above`` are the units above the one that takes over; none of them is merged. Raises `ParameterInvalid`."""
    if set(above) & set(change.units):
        raise ParameterInvalid("The unit that takes over stands below one that is merged.", field="into")


def merged(cases: Iterable[uuid.UUID], people: int) -> Performed:
    """What follows: a note in each open appraisal. Nobody else becomes responsible by a merger."""
    return Performed(tuple(Item(case, Trigger.NOTE_CHANGE) for case in cases), relations=people)
