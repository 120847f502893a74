"""Hands the people of one official to another."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from states.changes import ReplaceOfficial
from states.operations.items import Performed
from states.operations.replacing import check_successor, officials_of, require_rated
from states.operations.requested_change import RequestedChange
from store.operation import relations
from store.operation.checking import check_line, check_people
from store.operation.outcomes import cases_below, outcome_for


async def replace(
    connection: AsyncConnection, requested: RequestedChange, change: ReplaceOfficial
) -> Performed:
    """Ends the relations to the official, and begins those to the successor."""
    check_successor(change.official, change.successor)
    await check_people(connection, requested, official=change.official, present=False)
    await check_people(connection, requested, successor=change.successor)
    if change.people:
        await check_people(connection, requested, people=change.people, present=False)
    officials = officials_of(change)
    before = await cases_below(connection, requested, officials)
    changed = await relations.replace(
        connection,
        requested.basis,
        official=change.official,
        successor=change.successor,
        people=change.people,
    )
    require_rated(changed)
    await check_line(connection, requested, changed, "successor")
    return await outcome_for(connection, requested, before, officials, written=len(changed))


async def hand_over(
    connection: AsyncConnection, requested: RequestedChange, official: uuid.UUID, successor: uuid.UUID | None
) -> int:
    """Hands all people of a departing official to the successor, if there is one. Returns how many."""
    if successor is None:
        return 0
    check_successor(official, successor)
    changed = await relations.replace(connection, requested.basis, official=official, successor=successor)
    await check_line(connection, requested, changed, "successor")
    return len(changed)
