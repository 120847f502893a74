from fastapi import APIRouter
from starlette.responses import Response

from service.api.answers import answer
from service.api.dependencies import Shared
from service.monitoring.readiness import readiness
from service.monitoring.schemas import Health, Readiness

router = APIRouter(prefix="/health", tags=["health"])


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
    found = await readiness(shared.reading, shared.client)
    if found.status == "unavailable":
        return answer(found, 503, {"Retry-After": "2"})
    return answer(found)
