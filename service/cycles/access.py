"""Who may see a cycle, and who may do something with it."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tokens import Identity
from service.problems import HrOnly, NotFound
from store.cycle import repository
from store.cycle.repository import CycleSummary
from store.person.repository import is_hr


async def require_hr(connection: AsyncConnection, identity: Identity) -> None:
    """Raises `HrOnly` for anybody but the personnel officers of the agency."""
    if not await is_hr(connection, identity.person, identity.agency):
        raise HrOnly


async def cycle_of(connection: AsyncConnection, cycle: uuid.UUID, identity: Identity) -> CycleSummary:
    """The cycle. Raises `NotFound` if it is none of the agency."""
    found = await repository.cycle(connection, cycle, identity.agency)
    if found is None:
        raise NotFound
    return found
