"""Checks of the right to act for a whole agency."""

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tokens import Identity
from service.problems import HrOnly
from store.person.repository import is_hr


async def is_officer(connection: AsyncConnection, identity: Identity) -> bool:
    """Whether somebody is a personnel officer of his own agency."""
    return await is_hr(connection, identity.person, identity.agency)


async def require_hr(connection: AsyncConnection, identity: Identity) -> None:
    """Raises `HrOnly` unless the person is a personnel officer of the agency."""
    if not await is_officer(connection, identity):
        raise HrOnly
