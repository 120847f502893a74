"""Carries out a requested change in the relations, and finds what it means for each open appraisal.

The caller opens a transaction. If he rolls it back, this was a preview. If he commits it, the change has taken effect
and its items must be done. The responsible people are read before and after the change, so a preview promises only
what will come true. `states.operations` decides; this module reads and writes.
"""

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncConnection

from states.changes import (
    Absence,
    AdoptCalendar,
    AdoptRules,
    AppointSubstitute,
    EndSubstitution,
    Extension,
    MergeUnits,
    Move,
    ReplaceOfficial,
    Return,
)
from states.operations.items import Performed
from states.operations.requested_change import RequestedChange
from store.operation import absences, adopting, extending, moving, replacing, selecting, substituting

_INSTANT = dt.timedelta(microseconds=1)


async def perform(connection: AsyncConnection, requested: RequestedChange) -> Performed:
    """Writes what changes and returns what follows for the open appraisals.

    Raises `ParameterInvalid` (which field, and what to give) and `ConflictOfInterest`; the caller must then roll back.
    """
    await selecting.lock_agency(connection, requested.agency)
    match requested.change:
        case Extension() as change:
            return await extending.extend(connection, requested, change)
        case ReplaceOfficial() as change:
            return await replacing.replace(connection, requested, change)
        case AppointSubstitute() as change:
            return await substituting.appoint(connection, requested, change)
        case EndSubstitution() as change:
            return await substituting.end_substitution(connection, requested, change)
        case Absence() as change:
            return await absences.begin(connection, requested, change)
        case Return() as change:
            return await absences.come_back(connection, requested, change)
        case Move() as change:
            return await moving.move(connection, requested, change)
        case MergeUnits() as change:
            return await moving.merge(connection, requested, change)
        case AdoptCalendar() as change:
            return await adopting.adopt_calendar(connection, requested, change)
        case AdoptRules() as change:
            return await adopting.adopt_rules(connection, requested, change)


async def end(connection: AsyncConnection, requested: RequestedChange) -> Performed:
    """What follows for the open appraisals when the period of the change is over; nothing if it has no end."""
    ends_at = requested.ends_at
    if ends_at is None:
        return Performed(())
    await selecting.lock_agency(connection, requested.agency)
    match requested.change:
        case Absence() as change:
            return await absences.run_out(connection, requested, change, ends_at, ends_at - _INSTANT)
        case AppointSubstitute() as change:
            return await substituting.run_out(connection, requested, change, ends_at - _INSTANT)
        case _:
            return Performed(())
