import uuid

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.addresses import PREFIX
from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.cycles.reading import cycle_detail, cycle_page
from service.cycles.requesting import request_cycle
from service.cycles.schemas import CycleDetail, CyclePage, NewCycle

router = APIRouter(tags=["cycles"])


@router.get(
    "/cycles", response_model=CyclePage, responses=problems(400, 401, 422, 503), operation_id="listCycles"
)
async def cycles(
    identity: SignedIn, shared: Shared, cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> Response:
    """The cycles of my agency, the newest first."""
    async with shared.reading.connect() as connection:
        page = await cycle_page(connection, identity, cursor=cursor, limit=limit)
    return answer(page)


@router.post(
    "/cycles",
    status_code=201,
    response_model=CycleDetail,
    responses=problems(400, 401, 403, 409, 413, 415, 422, 503),
    openapi_extra=documented(NewCycle),
    operation_id="createCycle",
)
async def create(request: Request, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """A new cycle in real time (personnel officers); a repeat creates no second one of the name."""
    made = await request_cycle(shared.database, identity, await read_body(request, NewCycle), locale)
    return answer(made, 201, {"Location": f"{PREFIX}/cycles/{made.id}"})


@router.get(
    "/cycles/{cycle_id}",
    response_model=CycleDetail,
    responses=problems(401, 404, 503),
    operation_id="getCycle",
)
async def cycle(cycle_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """A cycle of my agency; for personnel officers with the number of appraisals in each stage."""
    async with shared.reading.connect() as connection:
        found = await cycle_detail(connection, cycle_id, identity, locale)
    return answer(found)
