import uuid
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Shared
from service.api.idempotency import KEY_PARAMETER, given_key
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.idempotency import checked_key
from service.improvements.reading import improvement_of_case, improvements
from service.improvements.recording import end_improvement, record_test
from service.improvements.schemas import ImprovementDetail, ImprovementPage, NewEnd, NewTest
from store.improvement.reading import Wanted

router = APIRouter(tags=["improvements"])


@router.get(
    "/improvements",
    response_model=ImprovementPage,
    responses=problems(400, 401, 403, 422, 503),
    operation_id="listImprovements",
)
async def listed(
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    state: Annotated[Wanted, Query(description="Those without an outcome, or those with one.")] = Wanted.OPEN,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """The times to improve after poor results (PP 30/2019 arts 57 and 58), for personnel officers.

    Each begins by itself on the day after a result has become final that the scheme names for it.
    """
    async with shared.reading.connect() as connection:
        page = await improvements(connection, identity, locale, wanted=state, cursor=cursor, limit=limit)
    return answer(page)


@router.get(
    "/appraisals/{appraisal_id}/improvement",
    response_model=ImprovementDetail,
    responses=problems(401, 404, 409, 503),
    operation_id="getImprovement",
)
async def of_case(appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """The time to improve that follows from a case, for its employee, the rater and personnel officers."""
    return answer(await improvement_of_case(shared.reading, shared.acting, appraisal_id, identity, locale))


@router.post(
    "/improvements/{improvement_id}/test",
    response_model=ImprovementDetail,
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER], **documented(NewTest)},
    operation_id="recordImprovementTest",
)
async def tested(
    improvement_id: uuid.UUID, request: Request, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """Puts the outcome of the competency test on record, as a personnel officer; it ends the time to improve.

    Another one later replaces it; the earlier one stays on record. What follows from a test that was not passed is
    decided by people; the answer says what the rules name.
    """
    key = checked_key(given_key(request))
    body = await read_body(request, NewTest)
    return answer(await record_test(shared.database, identity, improvement_id, key, body, locale))


@router.post(
    "/improvements/{improvement_id}/end",
    response_model=ImprovementDetail,
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER], **documented(NewEnd)},
    operation_id="endImprovement",
)
async def ended(
    improvement_id: uuid.UUID, request: Request, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """Ends a time to improve without a test, as a personnel officer, for a reason that stays on record."""
    key = checked_key(given_key(request))
    body = await read_body(request, NewEnd)
    return answer(await end_improvement(shared.database, identity, improvement_id, key, body, locale))
