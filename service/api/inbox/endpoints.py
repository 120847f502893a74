from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.inbox.reading import inbox_page, unseen_of
from service.inbox.schemas import InboxPage, SeenAnswer, SeenNotices, Unseen
from service.inbox.seeing import note_inbox_seen

router = APIRouter(tags=["inbox"])


@router.get(
    "/inbox", response_model=InboxPage, responses=problems(400, 401, 422, 503), operation_id="listInbox"
)
async def listed(
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    unseen: Annotated[bool, Query(description="Only what I have not seen.")] = False,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """What I was told, the newest first, and how much of it I have not seen. Reading it marks nothing."""
    async with shared.reading.connect() as connection:
        page = await inbox_page(connection, identity, locale, unseen=unseen, cursor=cursor, limit=limit)
    return answer(page)


@router.get("/inbox/unseen", response_model=Unseen, responses=problems(401, 503), operation_id="countUnseen")
async def counted(identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """How many notices I have not seen, by kind."""
    async with shared.reading.connect() as connection:
        found = await unseen_of(connection, identity, locale)
    return answer(found)


@router.post(
    "/inbox/seen",
    response_model=SeenAnswer,
    responses=problems(400, 401, 409, 413, 415, 422, 503),
    openapi_extra=documented(SeenNotices),
    operation_id="markSeen",
)
async def seen(request: Request, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Notes what I have seen; the first time counts, so to repeat it changes nothing.

    To have seen that the own result can be read is not to have opened it: it begins no days.
    """
    body = await read_body(request, SeenNotices)
    return answer(await note_inbox_seen(shared.database, identity, body, locale))
