import uuid

from fastapi import APIRouter
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.notices.choosing import Chosen
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.notices.reading import notices_of_case, notices_to_person
from service.notices.schemas import CaseNotices, PersonNotices

router = APIRouter(tags=["notices"])


@router.get(
    "/appraisals/{appraisal_id}/notices",
    response_model=CaseNotices,
    responses=problems(400, 401, 404, 422, 503),
    operation_id="listNoticesOfAppraisal",
)
async def of_an_appraisal(
    appraisal_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    wanted: Chosen,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """What was to be sent of a case, what became of it, and why not: all for personnel officers, else what I got."""
    async with shared.reading.connect() as connection:
        found = await notices_of_case(
            connection, appraisal_id, identity, wanted, locale, cursor=cursor, limit=limit
        )
    return answer(found)


@router.get(
    "/people/{person_id}/notices",
    response_model=PersonNotices,
    responses=problems(400, 401, 404, 422, 503),
    operation_id="listNoticesToPerson",
)
async def to_a_person(
    person_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    wanted: Chosen,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """What was to be sent to a person of all cases, and what became of it (personnel officers; everybody his own)."""
    async with shared.reading.connect() as connection:
        found = await notices_to_person(
            connection, person_id, identity, wanted, locale, cursor=cursor, limit=limit
        )
    return answer(found)
