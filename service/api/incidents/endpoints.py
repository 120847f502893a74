from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.incidents.reading import incident_page, incident_summary
from service.incidents.schemas import IncidentPage, IncidentSummary
from store.incident.kinds import IncidentKind

router = APIRouter(tags=["incidents"])


@router.get(
    "/incidents",
    response_model=IncidentPage,
    responses=problems(400, 401, 403, 422, 503),
    operation_id="listIncidents",
)
async def listed(
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    kind: Annotated[IncidentKind | None, Query(description="Only incidents of this kind.")] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """What is stuck with nobody, or waits for an answer of the personnel officers; the oldest first."""
    async with shared.reading.connect() as connection:
        page = await incident_page(connection, identity, locale, kind=kind, cursor=cursor, limit=limit)
    return answer(page)


@router.get(
    "/incidents/summary",
    response_model=IncidentSummary,
    responses=problems(401, 403, 503),
    operation_id="summariseIncidents",
)
async def summary(identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """How much of each kind is stuck, and whom the launches left out (personnel officers)."""
    async with shared.reading.connect() as connection:
        found = await incident_summary(connection, identity, locale)
    return answer(found)
