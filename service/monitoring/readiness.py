"""Whether the service can work: which servers answer, what is late, and how far the engine is behind."""

import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from temporalio.client import Client
from temporalio.service import RPCError

from service.monitoring.schemas import Following, LateMessages, Readiness
from service.notices.overdue import late_messages
from service.temporal.lag import EngineLag, engine_lag
from store.message.overdue import Backlog
from store.migrating import applied_revision

PATIENCE = dt.timedelta(seconds=2)
Found = TypeVar("Found")

_log = structlog.get_logger(__name__)


async def readiness(reading: AsyncEngine, client: Client) -> Readiness:
    """Which servers answer within `PATIENCE`, and what is late."""
    database, engine = await asyncio.gather(_database(reading), _engine(client))
    missing = [name for name, answers in (("database", database), ("engine", engine)) if not answers]
    backlog = await _read(reading, late_messages) if database else None
    behind = await _read(reading, engine_lag) if database else None
    backlog = backlog or Backlog((), 0)
    return Readiness(
        status=_status(database, engine, behind),
        missing=missing,
        late=[LateMessages.model_validate(each) for each in backlog.overdue],
        unplanned=backlog.unplanned,
        following=None if behind is None else _following(behind),
    )


def _status(database: bool, engine: bool, behind: EngineLag | None) -> str:
    if not database:
        return "unavailable"
    return "ok" if engine and behind is not None and not behind.is_late else "degraded"


def _following(behind: EngineLag) -> Following:
    return Following(
        cases=behind.lag.cases,
        oldest=behind.lag.oldest,
        seconds=round(behind.lag.seconds, 1),
        overdue_wakes=behind.overdue_wakes,
    )


async def _database(reading: AsyncEngine) -> bool:
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()), reading.connect() as connection:
            return await applied_revision(connection) is not None
    except (SQLAlchemyError, OSError) as error:
        _log.warning("database_unavailable", error=type(error).__name__)
        return False


async def _read(reading: AsyncEngine, read: Callable[[AsyncConnection], Awaitable[Found]]) -> Found | None:
    """The result of a read, or None if the database does not answer in time: readiness does not depend on it."""
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()), reading.connect() as connection:
            return await read(connection)
    except (SQLAlchemyError, OSError) as error:
        _log.warning("backlog_unknown", error=type(error).__name__)
        return None


async def _engine(client: Client) -> bool:
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            return await client.service_client.check_health(timeout=PATIENCE)
    except (RPCError, RuntimeError, TimeoutError) as error:
        _log.warning("engine_unavailable", error=type(error).__name__)
        return False
