import datetime as dt
import uuid
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit, aware_moment, cut, decode
from service.api.substitutions.schemas import SubstitutionPage
from service.api.substitutions.showing import shown_substitution
from store.operation.moments import agency_time
from store.person.repository import is_hr
from store.substitution.reading import STATES, substitutions

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
    after: tuple[dt.datetime, uuid.UUID] | None = None
    if cursor is not None:
        begun, last = decode(cursor, aware_moment, uuid.UUID)
        after = begun, last
    now = dt.datetime.now(dt.UTC)
    async with shared.reading.connect() as connection:
        officer = await is_hr(connection, identity.person, identity.agency)
        time = await agency_time(connection, identity.agency, now)
        rows = await substitutions(
            connection,
            identity.agency,
            person=None if officer else identity.person,
            moment=time.moment(now),
            state=state,
            after=after,
            limit=limit + 1,
        )
    page, following = cut(rows, limit, lambda row: (row.valid_from.isoformat(), row.id))
    items = [shown_substitution(row, time, locale) for row in page]
    return answer(SubstitutionPage(items=items, next=following))
