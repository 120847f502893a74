import uuid
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from starlette.responses import Response

from service.addresses import PREFIX
from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Shared
from service.api.idempotency import KEY_PARAMETER, given_key
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.api.words import Word
from service.entries.noting import note_entry
from service.entries.reading import entry_page
from service.entries.schemas import EntryLine, EntryPage, NewEntry
from service.entries.withdrawing import withdraw_entry
from service.idempotency import checked_key

router = APIRouter(tags=["entries"])


@router.get(
    "/appraisals/{appraisal_id}/entries",
    response_model=EntryPage,
    responses=problems(400, 401, 404, 422, 503),
    operation_id="listEntries",
)
async def listed(
    appraisal_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    kind: Annotated[Word | None, Query(max_length=40, description="Only of this kind.")] = None,
    item: Annotated[
        Word | None,
        Query(max_length=40, description="Only about this item; empty: about the work as a whole."),
    ] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """What was noted in the year and is open to me, the latest day first. What was withdrawn has no content."""
    async with shared.reading.connect() as connection:
        page = await entry_page(
            connection, identity, appraisal_id, locale, kind=kind, item=item, cursor=cursor, limit=limit
        )
    return answer(page)


@router.post(
    "/appraisals/{appraisal_id}/entries/{kind}",
    status_code=201,
    response_model=EntryLine,
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER], **documented(NewEntry)},
    operation_id="noteEntry",
)
async def note(
    request: Request,
    appraisal_id: uuid.UUID,
    kind: Annotated[str, Path(max_length=40, description="One of the kinds of the case's scheme.")],
    identity: SignedIn,
    shared: Shared,
    locale: Language,
) -> Response:
    """Notes something of the year: an observation, progress, feedback, as the case's scheme has them."""
    key = checked_key(given_key(request))
    entry = await read_body(request, NewEntry)
    noted = await note_entry(shared.database, identity, appraisal_id, kind, key, entry, locale)
    return answer(noted, 201, {"Location": f"{PREFIX}/appraisals/{appraisal_id}/entries"})


@router.post(
    "/appraisals/{appraisal_id}/entries/{entry_id}/withdraw",
    response_model=EntryLine,
    responses=problems(401, 403, 404, 409, 503),
    operation_id="withdrawEntry",
)
async def withdraw(
    appraisal_id: uuid.UUID, entry_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """Withdraws what I noted; to repeat it changes nothing. That it was there stays to be read."""
    async with shared.reading.connect() as connection:
        withdrawn = await withdraw_entry(connection, identity, appraisal_id, entry_id, locale)
    return answer(withdrawn)
