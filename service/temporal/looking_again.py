"""Looks again and again for what the clock has to note in cases, for as long as a process lives."""

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator, Awaitable, Callable

import structlog

_log = structlog.get_logger(__name__)


@contextlib.asynccontextmanager
async def looking_again(
    look: Callable[[], Awaitable[int]], *, batch: int, pause: dt.timedelta, failure: str
) -> AsyncIterator[None]:
    """Looks for as long as the block runs: at once again after a full ``batch``, otherwise after a ``pause``.

    ``look`` gives how many cases it dealt with. ``failure`` is what the log calls a look that failed.
    """
    looking = asyncio.create_task(_look(look, batch, pause, failure))
    try:
        yield
    finally:
        looking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await looking


async def _look(look: Callable[[], Awaitable[int]], batch: int, pause: dt.timedelta, failure: str) -> None:
    while True:
        try:
            noted = await look()
        except Exception as away:  # The database was away, or there is a fault; neither may end the loop.
            _log.warning(failure, cause=type(away).__name__)
        else:
            if noted == batch:
                continue
        await asyncio.sleep(pause.total_seconds())
