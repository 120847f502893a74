"""One unit takes over others."""

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
    """Refuses to merge a unit of ``above``, the units above the one that takes over. Raises `ParameterInvalid`."""
    if set(above) & set(change.units):
        raise ParameterInvalid("The unit that takes over stands below one that is merged.", field="into")


def merged(cases: Iterable[uuid.UUID], people: int) -> Performed:
    """A merger adds a note to each open case. It makes nobody else responsible."""
    return Performed(tuple(Item(case, Trigger.NOTE_CHANGE) for case in cases), relations=people)
