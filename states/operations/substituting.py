"""Somebody stands in for an official, for a fixed or an open period."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from states.changes import AppointSubstitute, EndSubstitution, SubstitutionKind
from states.errors import ParameterInvalid
from states.operations.refusals import end_after_start
from states.operations.requested_change import RequestedChange


@dataclass(frozen=True, slots=True)
class RunningSubstitution:
    """A substitution that is in force or will be."""

    id: uuid.UUID
    official: uuid.UUID
    substitute: uuid.UUID
    kind: str
    valid_from: dt.datetime
    valid_until: dt.datetime | None

    def overlaps(self, start: dt.datetime, end: dt.datetime | None) -> bool:
        """Whether it is in force at any moment from ``start`` to ``end``, exclusive."""
        return (end is None or self.valid_from < end) and (
            self.valid_until is None or self.valid_until > start
        )


def check_appointment(requested: RequestedChange, change: AppointSubstitute) -> dt.datetime | None:
    """The moment at which the substitution ends; only a Plt. may be without one. Raises `ParameterInvalid`."""
    if change.official == change.substitute:
        raise ParameterInvalid("Nobody stands in for himself; name another person.", field="substitute")
    return end_after_start(requested, required=change.basis is not SubstitutionKind.PLT)


def refuse_overlaps(
    requested: RequestedChange, change: AppointSubstitute, others: Iterable[RunningSubstitution]
) -> None:
    """One person stands in for an official at a time, and nobody for a substitute. Raises `ParameterInvalid`."""
    for other in others:
        if not other.overlaps(requested.at, requested.ends_at):
            continue
        if other.official == change.official:
            raise ParameterInvalid(
                "Somebody stands in for this official in that period already; end that first.",
                field="official",
            )
        if other.official == change.substitute:
            raise ParameterInvalid(
                "Somebody stands in for this person in that period; nobody stands in for a substitute.",
                field="substitute",
            )


def substitution_to_end(
    change: EndSubstitution, lasting: Iterable[RunningSubstitution]
) -> RunningSubstitution:
    """The substitution that the change ends, among those that last. Raises `ParameterInvalid`."""
    for each in lasting:
        if each.id == change.substitution:
            return each
    raise ParameterInvalid("There is no such substitution that lasts.", field="substitution")
