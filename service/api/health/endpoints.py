import asyncio
import datetime as dt

import structlog
from fastapi import APIRouter
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import Response
from temporalio.service import RPCError

from service.api.answers import answer
from service.api.dependencies import Dependencies, Shared
from service.api.health.schemas import Health, LateMessages, Readiness
from service.overdue_messages import late_messages
from store.message.overdue import Backlog
from store.migrating import applied_revision

router = APIRouter(prefix="/health", tags=["health"])

PATIENCE = dt.timedelta(seconds=2)

_log = structlog.get_logger(__name__)


@router.get("/live", response_model=Health, operation_id="live")
async def live() -> Response:
    """The process runs; says nothing of the servers behind it."""
    return answer(Health(status="ok", missing=[]))


@router.get(
    "/ready",
    response_model=Readiness,
    responses={503: {"model": Readiness, "description": "A server behind this one does not answer."}},
    operation_id="ready",
)
async def ready(shared: Shared) -> Response:
    """Database and engine answer, and the tables are there. Messages that are late are a warning, no failure."""
    database, engine = await asyncio.gather(_database(shared), _engine(shared))
    missing = [name for name, answers in (("database", database), ("engine", engine)) if not answers]
    backlog = await _backlog(shared) if database else Backlog((), 0)
    health = Readiness(
        status="unavailable" if missing else "ok",
        missing=missing,
        late=[LateMessages.model_validate(each) for each in backlog.overdue],
        unplanned=backlog.unplanned,
    )
    return answer(health, 503 if missing else 200, {"Retry-After": "2"} if missing else None)


async def _database(shared: Dependencies) -> bool:
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()), shared.reading.connect() as connection:
            return await applied_revision(connection) is not None
    except (SQLAlchemyError, OSError) as error:
        _log.warning("database_unavailable", error=type(error).__name__)
        return False


async def _backlog(shared: Dependencies) -> Backlog:
    """What is late; nothing where the database does not say so in time: readiness does not hang on it."""
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()), shared.reading.connect() as connection:
            return await late_messages(connection)
    except (SQLAlchemyError, OSError) as error:
        _log.warning("backlog_unknown", error=type(error).__name__)
        return Backlog((), 0)


async def _engine(shared: Dependencies) -> bool:
    try:
        async with asyncio.timeout(PATIENCE.total_seconds()):
            return await shared.client.service_client.check_health(timeout=PATIENCE)
    except (RPCError, RuntimeError, TimeoutError) as error:
        _log.warning("engine_unavailable", error=type(error).__name__)
        return False
