import uuid

from fastapi import APIRouter
from starlette.responses import Response

from service import policy
from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.notices.choosing import Chosen
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit, aware_moment, cut, decode
from service.appraisals.sight import seen
from service.notices.coming import coming
from service.notices.schemas import CaseNotices, PersonNotices
from service.notices.showing import counted, shown, still_to_come
from service.problems import NotFound
from service.receipts.showing import receipt_of
from store.message.xray import After, ExplainedNotice, counts_of_case, counts_of_person, of_case, of_person
from store.person.repository import exists, is_hr

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
    after = _after(cursor)
    async with shared.reading.connect() as connection:
        sight = await seen(connection, appraisal_id, identity)
        officer = policy.sees_notices_to_others(sight.capacities)
        recipient = None if officer else identity.person
        rows = await of_case(
            connection,
            appraisal_id,
            identity.agency,
            wanted,
            recipient=recipient,
            after=after,
            limit=limit + 1,
        )
        counts = await counts_of_case(connection, appraisal_id, identity.agency, wanted, recipient=recipient)
        receipt = await receipt_of(connection, appraisal_id, sight, locale)
    page, following = cut(rows, limit, _key)
    return answer(
        CaseNotices(
            counts=counted(counts, locale),
            coming=still_to_come(coming(sight.appraisal, sight.rules), locale),
            receipt=receipt,
            items=[shown(row, locale, in_full=officer) for row in page],
            next=following,
        )
    )


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
    after = _after(cursor)
    async with shared.reading.connect() as connection:
        officer = await is_hr(connection, identity.person, identity.agency)
        if not policy.may_see_notices(person_id, asker=identity.person, officer=officer):
            raise NotFound
        rows = await of_person(connection, person_id, identity.agency, wanted, after=after, limit=limit + 1)
        counts = await counts_of_person(connection, person_id, identity.agency, wanted)
        if not counts and not await exists(connection, person_id, identity.agency):
            raise NotFound
    page, following = cut(rows, limit, _key)
    return answer(
        PersonNotices(
            counts=counted(counts, locale),
            items=[shown(row, locale, in_full=officer) for row in page],
            next=following,
        )
    )


def _key(row: ExplainedNotice) -> tuple[str, uuid.UUID]:
    return row.created_at.isoformat(), row.id


def _after(cursor: str | None) -> After | None:
    if cursor is None:
        return None
    at, row = decode(cursor, aware_moment, uuid.UUID)
    return at, row
