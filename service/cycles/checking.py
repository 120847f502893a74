"""Checks of the right to see a cycle and to act on it."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.checking import require_hr
from service.accounts.tokens import Identity
from service.problems import NotFound
from store.cycle import repository
from store.cycle.repository import CycleSummary


async def cycle_of(connection: AsyncConnection, cycle: uuid.UUID, identity: Identity) -> CycleSummary:
    """The cycle. Raises `NotFound` if it does not belong to the agency."""
    found = await repository.cycle(connection, cycle, identity.agency)
    if found is None:
        raise NotFound
    return found


async def require_cycle(connection: AsyncConnection, cycle: uuid.UUID, identity: Identity) -> CycleSummary:
    """The cycle, for personnel officers of its agency. Raises `HrOnly` for others and `NotFound`."""
    await require_hr(connection, identity)
    return await cycle_of(connection, cycle, identity)
