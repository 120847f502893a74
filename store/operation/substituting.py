"""Begins and ends substitutions."""

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncConnection

from states.changes import AppointSubstitute, EndSubstitution
from states.operations.items import Performed
from states.operations.requested_change import RequestedChange
from states.operations.substituting import check_appointment, refuse_overlaps, substitution_to_end
from store.operation import relations, selecting
from store.operation.checking import check_people
from store.operation.outcomes import cases_below, outcome_for


async def appoint(
    connection: AsyncConnection, requested: RequestedChange, change: AppointSubstitute
) -> Performed:
    """Begins a substitution."""
    ends_at = check_appointment(requested, change)
    officials = [change.official, change.substitute]
    await check_people(connection, requested, official=change.official, present=False)
    await check_people(connection, requested, substitute=change.substitute)
    others = await selecting.substitutions_of(connection, requested.agency, officials, requested.at)
    refuse_overlaps(requested, change, others)
    before = await cases_below(connection, requested, officials)
    await relations.appoint(
        connection,
        requested.basis,
        official=change.official,
        substitute=change.substitute,
        kind=change.basis,
        until=ends_at,
    )
    return await outcome_for(connection, requested, before, officials, written=1)


async def run_out(
    connection: AsyncConnection,
    requested: RequestedChange,
    change: AppointSubstitute,
    last_moment: dt.datetime,
) -> Performed:
    """What follows when the period of a substitution is over; its row says so already."""
    officials = [change.official, change.substitute]
    before = await cases_below(connection, requested, officials, as_of=last_moment)
    return await outcome_for(connection, requested, before, officials)


async def end_substitution(
    connection: AsyncConnection, requested: RequestedChange, change: EndSubstitution
) -> Performed:
    """Ends a substitution before its time."""
    lasting = await selecting.substitutions_of(
        connection, requested.agency, [change.substitution], requested.at
    )
    found = substitution_to_end(change, lasting)
    officials = [found.official, found.substitute]
    before = await cases_below(connection, requested, officials)
    await relations.end_substitution(connection, change.substitution, requested.at)
    return await outcome_for(connection, requested, before, officials, written=1)
