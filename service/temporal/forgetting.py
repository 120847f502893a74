"""Forgets what limited the answers of the public, as soon as its day is over, whether anybody answers or not."""

import datetime as dt
from contextlib import AbstractAsyncContextManager

from sqlalchemy.ext.asyncio import AsyncEngine

from service.public_feedback.limiting import limit_day
from service.temporal.looking_again import looking_again
from store.database import autocommit
from store.public_feedback.salts import forget

PAUSE = dt.timedelta(minutes=5)


def forgetting(database: AsyncEngine, *, pause: dt.timedelta = PAUSE) -> AbstractAsyncContextManager[None]:
    """Deletes salts and counts of earlier days for as long as the block runs. Any number of processes may."""
    alone = autocommit(database)

    async def look() -> int:
        async with alone.connect() as connection:
            await forget(connection, limit_day(dt.datetime.now(dt.UTC)))
        return 0

    return looking_again(look, batch=1, pause=pause, failure="limits_not_forgotten")
