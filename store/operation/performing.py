"""Carries an order out in the relations, and finds what it means for each open appraisal.

Called in a transaction: rolled back, it is a preview; committed, it has taken effect and its items are to be done.
Whoever is responsible is asked before and after, so a preview can promise nothing that does not come true. What is
decided stands in `states.operations`; here it is read and written.
"""

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncConnection

from states.changes import (
    Absence,
    AppointSubstitute,
    EndSubstitution,
    Extension,
    MergeUnits,
    Move,
    ReplaceOfficial,
    Return,
)
from states.operations.items import Performed
from states.operations.order import Order
from store.operation import absences, extending, moving, replacing, selecting, substituting

_INSTANT = dt.timedelta(microseconds=1)


async def perform(connection: AsyncConnection, order: Order) -> Performed:
    """Writes what the order changes and returns what follows for the open appraisals.

    Raises `ParameterInvalid` (which field, and what to give) and `ConflictOfInterest`; nothing must be kept then.
    """
    await selecting.lock_agency(connection, order.agency)
    match order.change:
        case Extension() as change:
            return await extending.extend(connection, order, change)
        case ReplaceOfficial() as change:
            return await replacing.replace(connection, order, change)
        case AppointSubstitute() as change:
            return await substituting.appoint(connection, order, change)
        case EndSubstitution() as change:
            return await substituting.end_substitution(connection, order, change)
        case Absence() as change:
            return await absences.begin(connection, order, change)
        case Return() as change:
            return await absences.come_back(connection, order, change)
        case Move() as change:
            return await moving.move(connection, order, change)
        case MergeUnits() as change:
            return await moving.merge(connection, order, change)


async def end(connection: AsyncConnection, order: Order) -> Performed:
    """What follows for the open appraisals when the period of the order is over; nothing for one without an end."""
    ends_at = order.ends_at
    if ends_at is None:
        return Performed(())
    await selecting.lock_agency(connection, order.agency)
    match order.change:
        case Absence() as change:
            return await absences.run_out(connection, order, change, ends_at, ends_at - _INSTANT)
        case AppointSubstitute() as change:
            return await substituting.run_out(connection, order, change, ends_at - _INSTANT)
        case _:
            return Performed(())
