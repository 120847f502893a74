"""Begins and ends absences, with the legal standing that they give."""

import datetime as dt
import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from states.changes import Absence, Return
from states.operations.absences import (
    absence_begun,
    closing_periods,
    items_of_absence,
    items_of_return,
    require_ended,
)
from states.operations.items import Item, Performed
from states.operations.refusals import refuse_own_cause
from states.operations.requested_change import RequestedChange
from store.operation import relations
from store.operation.checking import check_people
from store.operation.outcomes import cases_below, outcome_for, own_cases
from store.operation.replacing import hand_over


async def begin(connection: AsyncConnection, requested: RequestedChange, change: Absence) -> Performed:
    """Begins an absence, and hands the person's people to the successor, if one is named."""
    begun = absence_begun(requested, change)
    await check_people(connection, requested, person=change.person, present=False)
    if change.successor is not None:
        await check_people(connection, requested, successor=change.successor)
    before = await cases_below(connection, requested, begun.officials)
    await relations.begin_absence(
        connection,
        requested.basis,
        person=change.person,
        kind=change.absence,
        until=begun.until,
        standing=begun.standing,
    )
    written = await hand_over(connection, requested, change.person, change.successor)
    own = items_of_absence(change, begun, await own_cases(connection, requested, change.person))
    await relations.close_periods(connection, closing_periods(own), begun.first_day - dt.timedelta(days=1))
    return await outcome_for(connection, requested, before, begun.officials, own, written=written + 1)


async def come_back(connection: AsyncConnection, requested: RequestedChange, change: Return) -> Performed:
    """Ends the absence of a person before its time, or one without an end."""
    refuse_own_cause(requested, change.person)
    await check_people(connection, requested, person=change.person, present=False)
    before = await cases_below(connection, requested, {change.person})
    require_ended(ended=await relations.end_absence(connection, change.person, requested.at))
    own = await _back_from(connection, requested, change.person, requested.first_day)
    return await outcome_for(connection, requested, before, {change.person}, own, written=1)


async def run_out(
    connection: AsyncConnection,
    requested: RequestedChange,
    change: Absence,
    ends_at: dt.datetime,
    last_moment: dt.datetime,
) -> Performed:
    """What follows when the period of an absence is over."""
    if await relations.is_absent(connection, change.person, ends_at):
        # Another absence has taken the place of this one, and ends by itself.
        return Performed(())
    before = await cases_below(connection, requested, {change.person}, as_of=last_moment)
    await relations.end_absence(connection, change.person, ends_at)
    own = await _back_from(connection, requested, change.person, requested.time.day_of(ends_at))
    return await outcome_for(connection, requested, before, {change.person}, own)


async def _back_from(
    connection: AsyncConnection, requested: RequestedChange, person: uuid.UUID, first_day: dt.date
) -> list[Item | None]:
    """What the return does to the person's own cases. A period that ends by it has its last day on record."""
    own = items_of_return(await own_cases(connection, requested, person), first_day)
    await relations.close_periods(connection, closing_periods(own), first_day - dt.timedelta(days=1))
    return own
