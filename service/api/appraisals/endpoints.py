import uuid
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.appraisals.reading import actions_of, appraisal_detail, appraisal_page
from service.appraisals.schemas import AllowedActions, AppraisalDetail, AppraisalPage
from states.stages import Capacity, Stage
from store.appraisal.repository import CaseFilter

router = APIRouter(tags=["appraisals"])


@router.get(
    "/appraisals",
    response_model=AppraisalPage,
    responses=problems(400, 401, 422, 503),
    operation_id="listAppraisals",
)
async def appraisals(
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    stage: Stage | None = None,
    cycle: uuid.UUID | None = None,
    unit: uuid.UUID | None = None,
    holder: Annotated[Capacity | None, Query(description="The capacity that is awaited.")] = None,
    overdue: bool | None = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """The appraisals that concern me, the first due first."""
    wanted = CaseFilter(stage=stage, holder=holder, cycle=cycle, unit=unit, overdue=overdue)
    async with shared.reading.connect() as connection:
        page = await appraisal_page(connection, identity, wanted, locale, cursor=cursor, limit=limit)
    return answer(page)


@router.get(
    "/appraisals/{appraisal_id}",
    response_model=AppraisalDetail,
    responses=problems(401, 404, 503),
    operation_id="getAppraisal",
)
async def appraisal(
    appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """Where an appraisal stands, whom it waits on, until when, and what I may do."""
    async with shared.reading.connect() as connection:
        found = await appraisal_detail(connection, appraisal_id, identity, locale)
    return answer(found)


@router.get(
    "/appraisals/{appraisal_id}/actions",
    response_model=AllowedActions,
    responses=problems(401, 404, 503),
    operation_id="listActions",
)
async def actions(appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """What I may do with an appraisal now."""
    async with shared.reading.connect() as connection:
        found = await actions_of(connection, appraisal_id, identity, locale)
    return answer(found)
