"""How far the engine is behind the record: nobody waits for it, but reminders and deadlines do."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from store.following.reading import Lag, lag, overdue_wakes

PATIENCE = dt.timedelta(minutes=2)
"""How long the engine may be behind: it is told at once, swept each half second, and wakes within its jitter."""


@dataclass(frozen=True, slots=True)
class EngineLag:
    """What the engine has not been told, and what it should have done by now."""

    lag: Lag
    overdue_wakes: int
    """Cases on which time should have acted more than `PATIENCE` ago; counted up to 10 000."""

    @property
    def is_late(self) -> bool:
        """Whether operators should look."""
        return self.lag.seconds > PATIENCE.total_seconds() or self.overdue_wakes > 0


async def engine_lag(connection: AsyncConnection) -> EngineLag:
    """The lag now, by the clock of the database."""
    return EngineLag(await lag(connection), await overdue_wakes(connection, PATIENCE))
