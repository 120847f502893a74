"""Keeps the salt of a day, and forgets days that are over."""

import datetime as dt
import os

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.public_feedback.table import PublicSaltRow, PublicThrottleRow

SALT_BYTES = 32

_DRAW = insert(PublicSaltRow).on_conflict_do_nothing(index_elements=["day"])
_READ = select(col(PublicSaltRow.salt)).where(col(PublicSaltRow.day) == bindparam("day"))
_FORGET = tuple(
    delete(table).where(day < bindparam("today"))
    for table, day in (
        # The salt first: what is left without it leads to nobody.
        (PublicSaltRow, col(PublicSaltRow.day)),
        (PublicThrottleRow, col(PublicThrottleRow.day)),
    )
)


async def salt_of(connection: AsyncConnection, day: dt.date) -> bytes:
    """The salt of the day, drawn by whoever asks first; the salts and counts of earlier days are deleted."""
    await forget(connection, day)
    await connection.execute(_DRAW, {"day": day, "salt": os.urandom(SALT_BYTES)})
    salt: bytes = (await connection.execute(_READ, {"day": day})).scalar_one()
    return salt


async def forget(connection: AsyncConnection, today: dt.date) -> None:
    """Deletes the salts and counts of the days before."""
    for statement in _FORGET:
        await connection.execute(statement, {"today": today})
