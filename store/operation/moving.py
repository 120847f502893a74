"""Moves a person to another unit and rater, and units into another one."""

from sqlalchemy.ext.asyncio import AsyncConnection

from states.changes import MergeUnits, Move
from states.operations.items import Performed
from states.operations.merging import check_merger, merged, refuse_unit_below
from states.operations.moving import check_move, moved, officials_of, require_successor
from states.operations.order import Order
from store.operation import relations, selecting
from store.operation.affected import open_cases
from store.operation.checking import check_line, check_people, check_units
from store.operation.outcomes import cases_below, outcome_for, own_cases
from store.operation.replacing import hand_over


async def move(connection: AsyncConnection, order: Order, change: Move) -> Performed:
    """Ends the relation to the rater and begins that to the new one; what is settled stays where it was."""
    check_move(order, change)
    known = await check_people(connection, order, person=change.person, present=False)
    await check_people(connection, order, rater=change.rater)
    await check_units(connection, order, "unit", [change.unit])
    require_successor(change, known[change.person])
    if change.successor is not None:
        await check_people(connection, order, successor=change.successor)
    meant = moved(order, change, await own_cases(connection, order, change.person))
    officials = officials_of(change)
    before = await cases_below(connection, order, officials)
    await relations.move(
        connection,
        order.basis,
        person=change.person,
        unit=change.unit,
        rater=change.rater,
        post=change.post,
    )
    await relations.keep_relations(connection, meant.staying, order.at)
    await relations.close_periods(connection, meant.closing, meant.last_day)
    written = await hand_over(connection, order, change.person, change.successor)
    await check_line(connection, order, [change.person], "rater")
    return await outcome_for(connection, order, before, officials, meant.items, written=written + 1)


async def merge(connection: AsyncConnection, order: Order, change: MergeUnits) -> Performed:
    """Puts the people, appraisals and lower units of some units into another one."""
    check_merger(change)
    await check_units(connection, order, "units", change.units)
    await check_units(connection, order, "into", [change.into])
    refuse_unit_below(change, await selecting.units_above(connection, change.into))
    people = await relations.merge_units(connection, change.units, change.into, order.at)
    found = await open_cases(connection, order.agency, people, now=order.now, at=order.at)
    return merged(found, len(people))
