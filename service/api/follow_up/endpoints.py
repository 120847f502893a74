import uuid
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response, StreamingResponse

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.follow_up.file import checked_list, team_list
from service.follow_up.listing import follow_up_page
from service.follow_up.reading import follow_up_of
from service.follow_up.schemas import CaseFollowUp, FollowUpPage

router = APIRouter()

KindName = Annotated[
    str | None,
    Query(
        max_length=40,
        pattern=r"^[a-z][a-z0-9_]*$",
        description="The name of one nomination or award; all without it.",
    ),
]


@router.get(
    "/appraisals/{appraisal_id}/follow-up",
    response_model=CaseFollowUp,
    responses=problems(401, 403, 404, 409, 503),
    operation_id="getFollowUp",
    tags=["appraisals"],
)
async def of_case(appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """What follows from the result: nominations, awards and credit points, each with why and why not.

    For the employee, the rater and personnel officers, once the result was handed over. A person always decides what
    comes of it. Whoever reads it of himself has seen his result.
    """
    return answer(await follow_up_of(shared.reading, shared.acting, appraisal_id, identity, locale))


@router.get(
    "/cycles/{cycle_id}/follow-up",
    response_model=FollowUpPage,
    responses=problems(400, 401, 403, 404, 409, 422, 503),
    operation_id="listFollowUp",
    tags=["cycles"],
)
async def listed(
    cycle_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    kind: KindName = None,
    met: Annotated[
        bool | None, Query(description="Only those who meet it (true), or do not (false).")
    ] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """Who meets what, with the reasons (personnel officers)."""
    page = await follow_up_page(
        shared.reading, cycle_id, identity, locale, kind=kind, met=met, cursor=cursor, limit=limit
    )
    return answer(page)


@router.get(
    "/cycles/{cycle_id}/follow-up.csv",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/csv": {}}}, **problems(401, 403, 404, 409, 422, 503)},
    operation_id="downloadFollowUp",
    tags=["cycles"],
)
async def as_csv(
    cycle_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language, kind: KindName = None
) -> Response:
    """Those who meet something, for the rating team (*Tim Penilai Kinerja*), as CSV (personnel officers)."""
    asked = await checked_list(shared.reading, cycle_id, identity, kind)
    return StreamingResponse(
        team_list(shared.reading, asked, locale, kind=kind),
        media_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": 'attachment; filename="follow-up.csv"',
            "Cache-Control": "no-store",
        },
    )
