import asyncio
import datetime as dt
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from fastapi import APIRouter
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response
from temporalio.service import RPCError

from service.api.answers import answer
from service.api.dependencies import Dependencies, Shared
from service.api.health.schemas import Following, Health, LateMessages, Readiness
from service.notices.overdue import late_messages
from service.temporal.lag import EngineLag, engine_lag
from store.message.overdue import Backlog
from store.migrating import applied_revision

router = APIRouter(prefix="/health", tags=["health"])

PATIENCE = dt.timedelta(seconds=2)
Found = TypeVar("Found")

_log = structlog.get_logger(__name__)


@router.get("/live", response_model=Health, operation_id="live")
async def live() -> Response:
    """The process runs; says nothing of the servers behind it."""
    return answer(Health(status="ok", missing=[]))


@router.get(
    "/ready",
    response_model=Readiness,
    responses={503: {"model": Readiness, "description": "The database behind this service does not answer."}},
    operation_id="ready",
)
async def ready(shared: Shared) -> Response:
    """The database answers, and the tables are there: then people can act, whatever the engine does.

    Without the engine, or with it far behind the record, the status is degraded: reminders and deadlines wait.
    Messages that are late are a warning, no failure.
    """
    database, engine = await asyncio.gather(_database(shared), _engine(shared))
    missing = [name for name, answers in (("database", database), ("engine", engine)) if not answers]
    backlog = await _read(shared, late_messages) if database else None
    behind = await _read(shared, engine_lag) if database else None
    backlog = backlog or Backlog((), 0)
    health = Readiness(
        status=_status(database, engine, behind),
        missing=missing,
        late=[LateMessages.model_validate(each) for each in backlog.overdue],
        unplanned=backlog.unplanned,
        following=None if behind is None else _following(behind),
    )
    return answer(health, 200 if database else 503, None if database else {"Retry-After": "2"})


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


async def _database(shared: Dependencies) -> bool:
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()), shared.reading.connect() as connection:
            return await applied_revision(connection) is not None
    except (SQLAlchemyError, OSError) as error:
        _log.warning("database_unavailable", error=type(error).__name__)
        return False


async def _read(shared: Dependencies, reading: Callable[[AsyncConnection], Awaitable[Found]]) -> Found | None:
    """What is read; nothing where the database does not say so in time: readiness does not hang on it."""
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()), shared.reading.connect() as connection:
            return await reading(connection)
    except (SQLAlchemyError, OSError) as error:
        _log.warning("backlog_unknown", error=type(error).__name__)
        return None


async def _engine(shared: Dependencies) -> bool:
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            return await shared.client.service_client.check_health(timeout=PATIENCE)
    except (RPCError, RuntimeError, TimeoutError) as error:
        _log.warning("engine_unavailable", error=type(error).__name__)
        return False
