import uuid
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.drafts.reading import aside_of, asides_of, draft_of
from service.drafts.saving import remove_draft, save_draft
from service.drafts.schemas import AsideDetail, AsideList, DraftDetail, NewDraft, SavedDraft

router = APIRouter(tags=["drafts"])

_DRAFT = "/appraisals/{appraisal_id}/drafts/{form}"


@router.get(
    _DRAFT, response_model=DraftDetail, responses=problems(401, 403, 404, 503), operation_id="getDraft"
)
async def draft(appraisal_id: uuid.UUID, form: str, identity: SignedIn, shared: Shared) -> Response:
    """My draft of a form; empty, with the version to begin with, where there is none. Nobody else sees it."""
    async with shared.reading.connect() as connection:
        found = await draft_of(connection, appraisal_id, form, identity)
    return answer(found)


@router.put(
    _DRAFT,
    response_model=SavedDraft,
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra=documented(NewDraft),
    operation_id="saveDraft",
)
async def save(
    request: Request, appraisal_id: uuid.UUID, form: str, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """Saves my draft, however unfinished, and says what is missing. The same again is harmless.

    Name the version that you had read. If the draft was saved elsewhere since, the answer is `draft_stale`: it names
    the present version, and the id under which what you sent is kept.
    """
    body = await read_body(request, NewDraft)
    return answer(await save_draft(shared.reading, appraisal_id, form, identity, body, locale))


@router.delete(
    _DRAFT,
    status_code=204,
    response_class=Response,
    responses=problems(401, 403, 404, 409, 422, 503),
    operation_id="removeDraft",
)
async def remove(
    appraisal_id: uuid.UUID,
    form: str,
    identity: SignedIn,
    shared: Shared,
    version: Annotated[
        int | None, Query(ge=1, le=2_000_000_000, description="Only if this is the version that is there.")
    ] = None,
) -> Response:
    """Removes my draft and what was kept aside of it."""
    await remove_draft(shared.reading, appraisal_id, form, identity, version=version)
    return Response(status_code=204)


@router.get(
    f"{_DRAFT}/aside",
    response_model=AsideList,
    responses=problems(401, 403, 404, 503),
    operation_id="listDraftsAside",
)
async def asides(appraisal_id: uuid.UUID, form: str, identity: SignedIn, shared: Shared) -> Response:
    """What I sent and was not saved, because a newer version was there; the newest first."""
    async with shared.reading.connect() as connection:
        found = await asides_of(connection, appraisal_id, form, identity)
    return answer(found)


@router.get(
    f"{_DRAFT}/aside/{{aside}}",
    response_model=AsideDetail,
    responses=problems(401, 403, 404, 503),
    operation_id="getDraftAside",
)
async def aside(
    appraisal_id: uuid.UUID, form: str, aside: uuid.UUID, identity: SignedIn, shared: Shared
) -> Response:
    """One of them, with its content."""
    async with shared.reading.connect() as connection:
        found = await aside_of(connection, appraisal_id, form, aside, identity)
    return answer(found)
