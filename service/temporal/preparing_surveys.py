"""Prepares the surveys of each cycle when their time has come."""

import datetime as dt
from contextlib import AbstractAsyncContextManager

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from service.surveys.preparing import prepare_due
from service.temporal.looking_again import looking_again

PAUSE = dt.timedelta(minutes=5)
"""The pause between two rounds. Surveys are prepared two weeks ahead, so minutes do not matter."""

_log = structlog.get_logger(__name__)


def preparing_surveys(
    database: AsyncEngine, *, pause: dt.timedelta = PAUSE
) -> AbstractAsyncContextManager[None]:
    """Prepares for as long as the block runs. Any number of processes may do so at once: no case gets two surveys."""

    async def look() -> int:
        done = await prepare_due(database)
        if done.surveys:
            _log.info("surveys_prepared", surveys=done.surveys, invitations=done.invitations)
        return 0  # Every round prepares all that is due.

    return looking_again(look, batch=1, pause=pause, failure="surveys_not_prepared")
