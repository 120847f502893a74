from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from starlette.responses import Response

from service.api.dependencies import Shared
from service.temporal.lag import EngineLag, engine_lag

router = APIRouter(include_in_schema=False)


@router.get("/metrics")
async def metrics(shared: Shared) -> Response:
    """How far the engine is behind the record, in the text format of Prometheus. Only totals over all agencies."""
    async with shared.reading.connect() as connection:
        behind = await engine_lag(connection)
    return Response(
        exposition(behind), headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"}
    )


def exposition(behind: EngineLag) -> bytes:
    """The figures in that format."""
    registry = CollectorRegistry()
    for name, meaning, value in (
        ("cases", "Cases of which the engine has not been told to their last event", behind.lag.cases),
        ("oldest_seconds", "How long the first of these cases has waited", behind.lag.seconds),
        (
            "overdue_wakes",
            "Cases on which time should have acted two minutes ago (up to 10000)",
            behind.overdue_wakes,
        ),
    ):
        Gauge(f"kinerja_following_{name}", meaning, registry=registry).set(value)
    return generate_latest(registry)
