"""Begins and ends substitutions."""

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncConnection

from states.changes import AppointSubstitute, EndSubstitution
from states.operations.items import Performed
from states.operations.order import Order
from states.operations.substituting import check_appointment, refuse_overlaps, substitution_to_end
from store.operation import relations, selecting
from store.operation.checking import check_people
from store.operation.outcomes import cases_below, outcome_for


async def appoint(connection: AsyncConnection, order: Order, change: AppointSubstitute) -> Performed:
    """Begins a substitution."""
    ends_at = check_appointment(order, change)
    officials = [change.official, change.substitute]
    await check_people(connection, order, official=change.official, present=False)
    await check_people(connection, order, substitute=change.substitute)
    others = await selecting.substitutions_of(connection, order.agency, officials, order.at)
    refuse_overlaps(order, change, others)
    before = await cases_below(connection, order, officials)
    await relations.appoint(
        connection,
        order.basis,
        official=change.official,
        substitute=change.substitute,
        kind=change.basis,
        until=ends_at,
    )
    return await outcome_for(connection, order, before, officials, written=1)


async def run_out(
    connection: AsyncConnection, order: Order, change: AppointSubstitute, last_moment: dt.datetime
) -> Performed:
    """What follows when the period of a substitution is over; its row says so already."""
    officials = [change.official, change.substitute]
    before = await cases_below(connection, order, officials, as_of=last_moment)
    return await outcome_for(connection, order, before, officials)


async def end_substitution(connection: AsyncConnection, order: Order, change: EndSubstitution) -> Performed:
    """Ends a substitution before its time."""
    lasting = await selecting.substitutions_of(connection, order.agency, [change.substitution], order.at)
    found = substitution_to_end(change, lasting)
    officials = [found.official, found.substitute]
    before = await cases_below(connection, order, officials)
    await relations.end_substitution(connection, change.substitution, order.at)
    return await outcome_for(connection, order, before, officials, written=1)
