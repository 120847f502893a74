from fastapi import APIRouter, Request
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.channels.checking import require_sight, steerable
from service.channels.schemas import ChannelList, ChannelSteered, NewPause
from service.channels.steering import channel_lines, pause, resume

router = APIRouter(tags=["channels"])


@router.get(
    "/channels", response_model=ChannelList, responses=problems(401, 403, 503), operation_id="listChannels"
)
async def listed(identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """How each channel stands: paused, how much waits, how much failed (operators and personnel officers)."""
    async with shared.reading.connect() as connection:
        await require_sight(connection, identity)
        lines = await channel_lines(connection, locale)
    return answer(ChannelList(items=lines))


@router.post(
    "/channels/{name}/pause",
    response_model=ChannelSteered,
    responses=problems(400, 401, 403, 404, 413, 415, 422, 503),
    openapi_extra=documented(NewPause),
    operation_id="pauseChannel",
)
async def paused(
    name: str, request: Request, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """Stops a channel for everybody until it is resumed; nothing is lost (operators). A repeat changes nothing."""
    wanted = await read_body(request, NewPause)
    async with shared.reading.connect() as connection:
        channel = await steerable(connection, name, identity)
        done = await pause(connection, channel, by=str(identity.person), reason=wanted.reason, locale=locale)
    return answer(done)


@router.post(
    "/channels/{name}/resume",
    response_model=ChannelSteered,
    responses=problems(401, 403, 404, 503),
    operation_id="resumeChannel",
)
async def resumed(name: str, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Lets a channel go on with all that waits (operators). A repeat changes nothing."""
    async with shared.reading.connect() as connection:
        channel = await steerable(connection, name, identity)
        done = await resume(connection, channel, by=str(identity.person), locale=locale)
    return answer(done)
