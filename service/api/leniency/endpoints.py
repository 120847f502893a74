import uuid
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.leniency.reading import leniency_page
from service.leniency.schemas import LeniencyPage

router = APIRouter(tags=["cycles"])


@router.get(
    "/cycles/{cycle_id}/leniency",
    response_model=LeniencyPage,
    responses=problems(400, 401, 404, 409, 422, 503),
    operation_id="listLeniency",
)
async def listed(
    cycle_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    unit: Annotated[uuid.UUID | None, Query(description="Only the people of this unit.")] = None,
    subunits: Annotated[bool, Query(description="With `unit`: of all units below as well.")] = False,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """How each rater rates beside all together, for personnel officers only; nobody sees it of himself."""
    async with shared.reading.connect() as connection:
        page = await leniency_page(
            connection,
            identity,
            cycle_id,
            locale,
            unit=unit,
            subunits=subunits,
            cursor=cursor,
            limit=limit,
        )
    return answer(page)
