import uuid

from fastapi import APIRouter
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.messages.reading import copy_of
from service.messages.schemas import MessageCopyDetail

router = APIRouter(tags=["notices"])


@router.get(
    "/messages/{message_id}",
    response_model=MessageCopyDetail,
    responses=problems(401, 404, 503),
    operation_id="getMessage",
)
async def message(message_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """A message as it was sent: the proof of what its recipient was told (personnel officers; everybody his own)."""
    async with shared.reading.connect() as connection:
        copy = await copy_of(connection, message_id, identity, locale)
    return answer(copy)
