"""Begins and ends absences, with the legal standing that they give."""

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncConnection

from states.changes import Absence, Return
from states.operations.absences import absence_begun, items_of_absence, items_of_return, require_ended
from states.operations.items import Performed
from states.operations.order import Order
from states.operations.refusals import refuse_own_cause
from store.operation import relations
from store.operation.checking import check_people
from store.operation.outcomes import cases_below, outcome_for, own_cases
from store.operation.replacing import hand_over


async def begin(connection: AsyncConnection, order: Order, change: Absence) -> Performed:
    """Begins an absence, and hands the person's people to the successor, if one is named."""
    begun = absence_begun(order, change)
    await check_people(connection, order, person=change.person, present=False)
    if change.successor is not None:
        await check_people(connection, order, successor=change.successor)
    before = await cases_below(connection, order, begun.officials)
    await relations.begin_absence(
        connection,
        order.basis,
        person=change.person,
        kind=change.absence,
        until=begun.until,
        standing=begun.standing,
    )
    written = await hand_over(connection, order, change.person, change.successor)
    own = items_of_absence(change, begun, await own_cases(connection, order, change.person))
    return await outcome_for(connection, order, before, begun.officials, own, written=written + 1)


async def come_back(connection: AsyncConnection, order: Order, change: Return) -> Performed:
    """Ends the absence of a person before its time, or one without an end."""
    refuse_own_cause(order, change.person)
    await check_people(connection, order, person=change.person, present=False)
    before = await cases_below(connection, order, {change.person})
    require_ended(ended=await relations.end_absence(connection, change.person, order.at))
    own = items_of_return(await own_cases(connection, order, change.person))
    return await outcome_for(connection, order, before, {change.person}, own, written=1)


async def run_out(
    connection: AsyncConnection,
    order: Order,
    change: Absence,
    ends_at: dt.datetime,
    last_moment: dt.datetime,
) -> Performed:
    """What follows when the period of an absence is over."""
    if await relations.is_absent(connection, change.person, ends_at):
        # Another absence has taken the place of this one, and ends by itself.
        return Performed(())
    before = await cases_below(connection, order, {change.person}, as_of=last_moment)
    await relations.end_absence(connection, change.person, ends_at)
    own = items_of_return(await own_cases(connection, order, change.person))
    return await outcome_for(connection, order, before, {change.person}, own)
