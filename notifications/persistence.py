"""Writes that must not be lost because the database is away for a moment."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

PATIENCE = 180.0
"""Seconds for which a write is repeated."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 3.0

_log = structlog.get_logger(__name__)


async def persistently(write: Callable[[], Awaitable[None]], *, patience: float = PATIENCE) -> None:
    """Repeats a write until the database accepts it: a sent message that is not recorded would be sent again.

    The write must be harmless to repeat. Raises the database's error once ``patience`` seconds are over.
    """
    clock = asyncio.get_running_loop().time
    until, pause = clock() + patience, _FIRST_PAUSE
    while True:
        try:
            return await write()
        except Exception as error:
            # SQLAlchemy, its driver and the socket each raise errors of their own while a server restarts.
            if clock() + pause > until:
                raise
            _log.warning("write_repeated", error=type(error).__name__, pause=pause)
        await asyncio.sleep(pause)
        pause = min(pause * 2, _LONGEST_PAUSE)
