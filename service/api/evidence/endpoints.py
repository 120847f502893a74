import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response, StreamingResponse

from service.addresses import PREFIX
from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Shared
from service.api.evidence.downloading import download
from service.api.evidence.receiving import received
from service.api.idempotency import KEY_PARAMETER, given_key
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.api.words import Word
from service.evidence.adding import Request as AddingRequest
from service.evidence.files.kinds import MEDIA_TYPES
from service.evidence.reading import evidence_page, file_of
from service.evidence.schemas import EvidenceLine, EvidencePage, NewLink
from service.evidence.withdrawing import withdraw_evidence
from service.idempotency import checked_key

router = APIRouter(tags=["evidence"])

ADDING = "/appraisals/{appraisal_id}/evidence"

_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file", "title"],
                    "properties": {
                        "file": {"type": "string", "format": "binary"},
                        "title": {"type": "string", "minLength": 1, "maxLength": 200},
                        "item": {"type": "string", "maxLength": 40},
                    },
                    "additionalProperties": False,
                }
            }
        },
    }
}


@router.get(
    ADDING,
    response_model=EvidencePage,
    responses=problems(400, 401, 404, 422, 503),
    operation_id="listEvidence",
)
async def listed(
    appraisal_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    item: Annotated[
        Word | None,
        Query(max_length=40, description="Only what is for this item; empty: for the work as a whole."),
    ] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """The evidence of an appraisal, the newest first. What was withdrawn stands there without its content."""
    async with shared.reading.connect() as connection:
        page = await evidence_page(
            connection, identity, appraisal_id, locale, item=item, cursor=cursor, limit=limit
        )
    return answer(page)


@router.post(
    ADDING,
    status_code=201,
    response_model=EvidenceLine,
    responses=problems(400, 401, 403, 404, 408, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER], **_FORM},
    operation_id="addEvidenceFile",
)
async def add_file(
    request: Request, appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """Adds a file of at most 10 MB, as the employee or the rater: PDF, a picture, an office document, plain text.

    What it is, is found out from its content; a file that is not what its name says is refused.
    """
    asked = AddingRequest(identity, appraisal_id, checked_key(given_key(request)))
    await shared.evidence.refuse_early(asked)
    async with received(request) as (about, file):
        added = await shared.evidence.add_file(asked, about, file, locale)
    return _added(appraisal_id, added)


@router.post(
    f"{ADDING}/links",
    status_code=201,
    response_model=EvidenceLine,
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER], **documented(NewLink)},
    operation_id="addEvidenceLink",
)
async def add_link(
    request: Request, appraisal_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """Adds a link, as the employee or the rater. Whether it answers is tried once, for at most five seconds."""
    asked = AddingRequest(identity, appraisal_id, checked_key(given_key(request)))
    link = await read_body(request, NewLink)
    return _added(appraisal_id, await shared.evidence.add_link(asked, link, locale))


@router.get(
    f"{ADDING}/{{evidence_id}}/file",
    response_class=StreamingResponse,
    responses={
        200: {"content": {name: {} for name in MEDIA_TYPES}, "description": "The file as it came."},
        **problems(401, 404, 503),
    },
    operation_id="downloadEvidence",
)
async def file(
    appraisal_id: uuid.UUID, evidence_id: uuid.UUID, identity: SignedIn, shared: Shared
) -> Response:
    """The file, to be saved; no browser shows it as a page of this service."""
    return download(await file_of(shared.reading, identity, appraisal_id, evidence_id))


@router.post(
    f"{ADDING}/{{evidence_id}}/withdraw",
    response_model=EvidenceLine,
    responses=problems(401, 403, 404, 409, 503),
    operation_id="withdrawEvidence",
)
async def withdraw(
    appraisal_id: uuid.UUID, evidence_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """Withdraws what I added; to repeat it changes nothing. That it was there stays to be read."""
    async with shared.reading.connect() as connection:
        withdrawn = await withdraw_evidence(connection, identity, appraisal_id, evidence_id, locale)
    return answer(withdrawn)


def _added(appraisal: uuid.UUID, added: EvidenceLine) -> Response:
    address = f"{PREFIX}/appraisals/{appraisal}/evidence"
    return answer(
        added, 201, {"Location": f"{address}/{added.id}/file" if added.file is not None else address}
    )
