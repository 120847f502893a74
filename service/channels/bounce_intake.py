"""Takes mail that came to a return path, by pipe or by SMTP."""

import datetime as dt
from collections.abc import Awaitable, Callable, Sequence

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from notifications.bounces import NotABounce, read_bounce
from notifications.return_path import ReturnPaths
from service.configuration.settings import Settings
from service.temporal.channels import return_paths_from
from store.database import create_engine
from store.message.delivery_reports import LaterWord, Taken, record_later

_log = structlog.get_logger(__name__)


async def take_bounce(
    database: AsyncEngine, return_paths: ReturnPaths, content: bytes, recipients: Sequence[str] = ()
) -> Taken:
    """Records the report of a returned mail. Raises `NotABounce`, and the database's error if that is away."""
    bounce = read_bounce(content, return_paths, recipients)
    word = LaterWord(
        outcome=bounce.outcome,
        answer=bounce.answer,
        at=dt.datetime.now(dt.UTC),
        message=bounce.message,
        bad_address=bounce.bad_address,
    )
    taken = await record_later(database, word)
    _log.info("bounce_taken", message=str(bounce.message), outcome=bounce.outcome.value, taken=taken.value)
    return taken


def smtp_intake(settings: Settings) -> Callable[[bytes, Sequence[str]], Awaitable[str]] | None:
    """The intake for our own mail server; it returns SMTP answers. None when the settings name no database."""
    if settings.database_url is None:
        return None
    database = create_engine(settings.database_url.get_secret_value(), pool_size=1)
    return_paths = return_paths_from(settings)

    async def take(content: bytes, recipients: Sequence[str]) -> str:
        try:
            taken = await take_bounce(database, return_paths, content, recipients)
        except NotABounce as error:
            return f"550 5.7.1 This is no bounce: {error}"
        except (SQLAlchemyError, OSError) as error:
            _log.warning("bounce_not_taken", error=type(error).__name__)
            return "451 4.3.0 It cannot be taken at present; try again later"
        if taken is Taken.TOO_EARLY:
            return "451 4.3.0 The message is still being sent; try again later"
        return "250 Taken"

    return take
