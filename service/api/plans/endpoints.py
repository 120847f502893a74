import uuid
from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.plans.comparing import revision_of
from service.plans.library import library_for
from service.plans.reading import plan_of, revisions_list
from service.plans.schemas import ComparedRevision, Library, PlanDetail, RevisionList

router = APIRouter(tags=["plans"])

_MOST = 10_000
"""More revisions than any plan ever has."""


@router.get(
    "/appraisals/{appraisal_id}/plan",
    response_model=PlanDetail,
    responses=problems(401, 404, 503),
    operation_id="getPlan",
)
async def plan(appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """The plan in force, one that waits to be decided on, what it supports above, and who supports it."""
    async with shared.reading.connect() as connection:
        found = await plan_of(connection, appraisal_id, identity, locale)
    return answer(found)


@router.get(
    "/appraisals/{appraisal_id}/plan/revisions",
    response_model=RevisionList,
    responses=problems(401, 404, 503),
    operation_id="listPlanRevisions",
)
async def revisions(
    appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """All plans that were submitted, and what became of each. Drafts are not among them."""
    async with shared.reading.connect() as connection:
        found = await revisions_list(connection, appraisal_id, identity, locale)
    return answer(found)


@router.get(
    "/appraisals/{appraisal_id}/plan/revisions/{number}",
    response_model=ComparedRevision,
    responses=problems(401, 404, 422, 503),
    operation_id="getPlanRevision",
)
async def revision(
    appraisal_id: uuid.UUID,
    number: Annotated[int, Path(ge=1, le=_MOST)],
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    against: Annotated[
        int | None,
        Query(ge=1, le=_MOST, description="Another revision; then it is said what changed from it."),
    ] = None,
) -> Response:
    """One submitted plan, and what changed from another one."""
    async with shared.reading.connect() as connection:
        found = await revision_of(connection, appraisal_id, identity, number, against, locale)
    return answer(found)


@router.get(
    "/appraisals/{appraisal_id}/library",
    response_model=Library,
    responses=problems(401, 404, 503),
    operation_id="getIndicatorLibrary",
)
async def library(appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Indicators that fit the employee's post, to be taken over into the plan."""
    async with shared.reading.connect() as connection:
        found = await library_for(connection, appraisal_id, identity, locale)
    return answer(found)
