"""Moves a person to another unit and rater, and units into another one."""

from sqlalchemy.ext.asyncio import AsyncConnection

from states.changes import MergeUnits, Move
from states.operations.items import Performed
from states.operations.merging import check_merger, merged, refuse_unit_below
from states.operations.moving import check_move, moved, officials_of, require_successor
from states.operations.requested_change import RequestedChange
from store.operation import relations, selecting
from store.operation.affected import open_cases
from store.operation.checking import check_line, check_people, check_units
from store.operation.outcomes import cases_below, outcome_for, own_cases
from store.operation.replacing import hand_over


async def move(connection: AsyncConnection, requested: RequestedChange, change: Move) -> Performed:
    """Ends the relation to the old rater and begins one to the new rater.

    Results that are being settled, and periods that close, stay with the officials from before.
    """
    check_move(requested, change)
    known = await check_people(connection, requested, person=change.person, present=False)
    await check_people(connection, requested, rater=change.rater)
    await check_units(connection, requested, "unit", [change.unit])
    require_successor(change, known[change.person])
    if change.successor is not None:
        await check_people(connection, requested, successor=change.successor)
    meant = moved(requested, change, await own_cases(connection, requested, change.person))
    officials = officials_of(change)
    before = await cases_below(connection, requested, officials)
    await relations.move(
        connection,
        requested.basis,
        person=change.person,
        unit=change.unit,
        rater=change.rater,
        post=change.post,
    )
    await relations.keep_relations(connection, meant.staying, requested.at)
    await relations.close_periods(connection, meant.closing, meant.last_day)
    written = await hand_over(connection, requested, change.person, change.successor)
    await check_line(connection, requested, [change.person], "rater")
    return await outcome_for(connection, requested, before, officials, meant.items, written=written + 1)


async def merge(connection: AsyncConnection, requested: RequestedChange, change: MergeUnits) -> Performed:
    """Puts the people, appraisals and lower units of some units into another one."""
    check_merger(change)
    await check_units(connection, requested, "units", change.units)
    await check_units(connection, requested, "into", [change.into])
    refuse_unit_below(change, await selecting.units_above(connection, change.into))
    people = await relations.merge_units(connection, change.units, change.into, requested.at)
    found = await open_cases(connection, requested.agency, people, now=requested.now, at=requested.at)
    return merged(found, len(people))
