"""Finds messages that are so late that operators should look."""

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncConnection

from store.message.overdue import Backlog, backlog

PATIENCE = dt.timedelta(minutes=15)
"""How late a message may be. A relay looks every second, and a lease ends after a minute."""


async def late_messages(connection: AsyncConnection) -> Backlog:
    """The messages that have been due for longer than `PATIENCE` on open channels."""
    return await backlog(connection, dt.datetime.now(dt.UTC) - PATIENCE)
