from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.substitutions.reading import substitution_page
from service.substitutions.schemas import SubstitutionPage
from store.substitution.reading import STATES

router = APIRouter(tags=["people"])

SubstitutionState = StrEnum("SubstitutionState", {state.upper(): state for state in STATES})  # type: ignore[misc]  # made from the store's


@router.get(
    "/substitutions",
    response_model=SubstitutionPage,
    responses=problems(400, 401, 422, 503),
    operation_id="listSubstitutions",
)
async def listed(
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    state: Annotated[SubstitutionState | None, Query(description="Only those in this state now.")] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """Who stands in for whom: in the agency for personnel officers, else where I am official or substitute."""
    async with shared.reading.connect() as connection:
        page = await substitution_page(connection, identity, locale, state=state, cursor=cursor, limit=limit)
    return answer(page)
