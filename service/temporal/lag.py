"""How far the engine is behind the record. No person waits for the engine, but reminders and deadlines do."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from store.following.reading import Lag, lag, overdue_wakes

PATIENCE = dt.timedelta(minutes=2)
"""How long the engine may be behind. It is told at once, a sweeper repeats that every half second, and it wakes
within its jitter."""


@dataclass(frozen=True, slots=True)
class EngineLag:
    """The cases that the engine has not been told, and those on which it should have acted by now."""

    lag: Lag
    overdue_wakes: int
    """The number of cases whose wake is more than `PATIENCE` late; counted up to 10 000."""

    @property
    def is_late(self) -> bool:
        """Whether operators should look."""
        return self.lag.seconds > PATIENCE.total_seconds() or self.overdue_wakes > 0


async def engine_lag(connection: AsyncConnection) -> EngineLag:
    """The present lag, by the clock of the database."""
    return EngineLag(await lag(connection), await overdue_wakes(connection, PATIENCE))
