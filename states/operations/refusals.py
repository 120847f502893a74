"""Refusals for every kind of change: because of its people, units, days or author."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from states.errors import ConflictOfInterest, ParameterInvalid
from states.operations.requested_change import RequestedChange


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody whom a change names."""

    id: uuid.UUID
    away: bool
    rates: int
    """How many people he rates by definitive relations that last."""


def require_people(
    named: Mapping[uuid.UUID, str], known: Mapping[uuid.UUID, NamedPerson], *, present: bool
) -> None:
    """Refuses people outside the agency and, if they must be ``present``, people who are away.

    ``named`` gives the field that names each. People in the list ``people`` are the subject of the change and
    may be away. Raises `ParameterInvalid`.
    """
    for identity, field in named.items():
        if identity not in known:
            raise ParameterInvalid("There is no such person in the agency.", field=field)
        if present and field != "people" and known[identity].away:
            raise ParameterInvalid("This person is away or has left; name somebody who can act.", field=field)


def require_units(named: Collection[uuid.UUID], standing: Collection[uuid.UUID], field: str) -> None:
    """Refuses units that the agency does not have now. Raises `ParameterInvalid`."""
    if set(named) - set(standing):
        raise ParameterInvalid("The agency has no such unit, or it was merged into another one.", field=field)


def end_after_start(requested: RequestedChange, *, required: bool) -> dt.datetime | None:
    """The business moment at which the change ends. Raises `ParameterInvalid` if it ends before it begins."""
    ends_at = requested.ends_at
    if ends_at is None and required:
        raise ParameterInvalid("Give the last day.", field="until")
    if ends_at is not None and ends_at <= requested.at:
        raise ParameterInvalid("The last day lies before the first.", field="until")
    return ends_at


def refuse_own_cause(requested: RequestedChange, person: uuid.UUID) -> None:
    """Nobody requests a change about himself. Raises `ConflictOfInterest`."""
    if person == requested.requested_by:
        raise ConflictOfInterest


def refuse_circles(people: Collection[uuid.UUID], field: str) -> None:
    """Refuses ``people`` whose line of raters leads back to themselves. Raises `ParameterInvalid` for any."""
    if people:
        raise ParameterInvalid(
            "The line of superiors would lead back to its beginning; name somebody who stands above.",
            field=field,
        )
