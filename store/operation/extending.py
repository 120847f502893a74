"""Finds the deadlines that an extension names; the items extend them one by one."""

from sqlalchemy.ext.asyncio import AsyncConnection

from states.changes import Extension
from states.operations.extending import check_extension, counts_working_days, extended, require_cycle
from states.operations.items import Item, Performed
from states.operations.requested_change import RequestedChange
from store.agency.rule_contexts import rule_context_on
from store.operation import selecting
from store.operation.checking import check_people, check_units


async def extend(connection: AsyncConnection, requested: RequestedChange, change: Extension) -> Performed:
    """Writes nothing itself."""
    check_extension(change)
    if change.people:
        await check_people(connection, requested, people=change.people)
    if change.unit is not None:
        await check_units(connection, requested, "unit", [change.unit])
    if change.cycle is not None:
        require_cycle(known=await selecting.has_cycle(connection, requested.agency, change.cycle))
    found = await selecting.running_deadlines(
        connection,
        requested.agency,
        people=change.people,
        unit=change.unit,
        cycle=change.cycle,
        stages=[stage.value for stage in change.stages],
        until=change.until,
    )
    items: list[Item] = []
    for identity, appraisal in found:
        calendar = None
        if counts_working_days(change):
            calendar = (await rule_context_on(connection, appraisal)).calendar
        item = extended(identity, appraisal, change, calendar)
        if item is not None:
            items.append(item)
    return Performed(tuple(items))
