"""When messages are so late that operators should look."""

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncConnection

from store.message.overdue import Backlog, backlog

PATIENCE = dt.timedelta(minutes=15)
"""How late a message may be: a relay looks each second, and a lease ends after a minute."""


async def late_messages(connection: AsyncConnection) -> Backlog:
    """What has been due for longer than `PATIENCE` through channels that are open."""
    return await backlog(connection, dt.datetime.now(dt.UTC) - PATIENCE)
