"""The result of a change: the relations that were written, and what is to happen to each open case."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from states.appraisal import Appraisal
from states.stages import Capacity
from states.triggers import RatingBasis, Trigger


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An open case, and who is responsible for it at a moment."""

    id: uuid.UUID
    employee: uuid.UUID
    appraisal: Appraisal
    responsible: Mapping[Capacity, uuid.UUID | None]
    """The rater, and the official for whom it waits; None if nobody is found."""
    bases: frozenset[RatingBasis] = frozenset()
    """The bases of a rating that the scheme of the case knows beside a plan."""


@dataclass(frozen=True, slots=True)
class Item:
    """What is to happen to one case."""

    appraisal: uuid.UUID
    trigger: Trigger
    parameters: Mapping[str, Any] = field(default_factory=dict)
    """Parameters of the command as JSON; ``new_period`` (first day) makes a new case begin after this one,
    on ``new_basis`` where that is another one than a plan."""


@dataclass(frozen=True, slots=True)
class Performed:
    """The result of a change."""

    items: tuple[Item, ...]
    relations: int = 0
    """People whose relations were written."""
    unresolved: tuple[uuid.UUID, ...] = ()
    """Cases for which nobody is found now; they go to HR's queue."""


def item_of(case: OpenCase, trigger: Trigger | None) -> Item | None:
    """The item that fires the trigger on the case; None without a trigger."""
    return None if trigger is None else Item(case.id, trigger)


def handed_to(case: uuid.UUID, capacity: Capacity, holder: uuid.UUID) -> Item:
    """The item that notes a new holder of a capacity."""
    return Item(case, Trigger.NOTE_CHANGE, {"assignee": str(holder), "assigned_capacity": capacity.value})
