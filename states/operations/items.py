"""What a change has meant: the relations that were written, and what each open appraisal is to go through."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from states.appraisal import Appraisal
from states.stages import Capacity
from states.triggers import Trigger


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An open appraisal, and who is responsible for it at a moment."""

    id: uuid.UUID
    employee: uuid.UUID
    appraisal: Appraisal
    responsible: Mapping[Capacity, uuid.UUID | None]
    """Of the rater, and of the official on whom it waits; None where nobody is found."""


@dataclass(frozen=True, slots=True)
class Item:
    """What one appraisal is to go through."""

    appraisal: uuid.UUID
    trigger: Trigger
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """Parameters of the command as JSON; ``new_period`` (first day) lets another appraisal begin after it."""


@dataclass(frozen=True, slots=True)
class Performed:
    """What a change has meant."""

    items: tuple[Item, ...]
    relations: int = 0
    """People whose relations were written."""
    unresolved: tuple[uuid.UUID, ...] = ()
    """Appraisals for which nobody is found now: they go to the queue of the personnel officers."""


def item_of(case: OpenCase, trigger: Trigger | None) -> Item | None:
    """What the case goes through by the trigger; None where nothing happens to it."""
    return None if trigger is None else Item(case.id, trigger)


def handed_to(case: uuid.UUID, capacity: Capacity, holder: uuid.UUID) -> Item:
    """The note that somebody else holds a capacity of the case."""
    return Item(case, Trigger.NOTE_CHANGE, {"assignee": str(holder), "assigned_capacity": capacity.value})
