import datetime as dt

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from service import policy
from service.accounts.tokens import Identity
from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.channels.schemas import ChannelLine, ChannelList, ChannelSteered, NewPause
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.channels.wording import SAID, Steered
from service.notices.wording import channel_name
from service.problems import NotFound, OperatorOnly
from store.message.channels import SENT_BY_RELAY, ChannelName
from store.pause.repository import ChannelStanding, pause, resume, standings
from store.person.roles import roles_of
from translations import Locale, translate

router = APIRouter(tags=["channels"])

_HOUR = dt.timedelta(hours=1)


@router.get(
    "/channels", response_model=ChannelList, responses=problems(401, 403, 503), operation_id="listChannels"
)
async def listed(identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """How each channel stands: paused, how much waits, how much failed (operators and personnel officers)."""
    async with shared.reading.connect() as connection:
        if not policy.may_see_channels(await roles_of(connection, identity.person, identity.agency)):
            raise OperatorOnly
        rows = await standings(connection, failed_since=dt.datetime.now(dt.UTC) - _HOUR)
    return answer(ChannelList(items=[_line(row, locale) for row in rows]))


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
        channel = await _steerable(connection, name, identity)
        changed = await pause(connection, channel, by=str(identity.person), reason=wanted.reason)
        steered = Steered.PAUSED if changed else Steered.PAUSED_ALREADY
        return await _steered(connection, channel, steered, locale, changed=changed)


@router.post(
    "/channels/{name}/resume",
    response_model=ChannelSteered,
    responses=problems(401, 403, 404, 503),
    operation_id="resumeChannel",
)
async def resumed(name: str, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Lets a channel go on with all that waits (operators). A repeat changes nothing."""
    async with shared.reading.connect() as connection:
        channel = await _steerable(connection, name, identity)
        changed = await resume(connection, channel, by=str(identity.person))
        steered = Steered.RESUMED if changed else Steered.OPEN_ALREADY
        return await _steered(connection, channel, steered, locale, changed=changed)


async def _steerable(connection: AsyncConnection, name: str, identity: Identity) -> ChannelName:
    """The channel of this name. Raises `OperatorOnly` for others, whatever they name, and `NotFound`."""
    if not policy.may_steer_channels(await roles_of(connection, identity.person, identity.agency)):
        raise OperatorOnly
    if name not in SENT_BY_RELAY:
        raise NotFound
    return ChannelName(name)


async def _steered(
    connection: AsyncConnection, channel: ChannelName, steered: Steered, locale: Locale, *, changed: bool
) -> Response:
    since = dt.datetime.now(dt.UTC) - _HOUR
    (row,) = await standings(connection, failed_since=since, channels=(channel,))
    said = translate(SAID[steered], locale, channel=channel_name(channel, locale))
    return answer(ChannelSteered(changed=changed, said=said, channel=_line(row, locale)))


def _line(row: ChannelStanding, locale: Locale) -> ChannelLine:
    return ChannelLine(
        channel=row.channel,
        channel_name=channel_name(row.channel, locale),
        paused=row.paused_at is not None,
        paused_at=row.paused_at,
        paused_by=row.paused_by,
        pause_reason=row.reason,
        waiting=row.waiting,
        due=row.due,
        oldest_due=row.oldest,
        failed_last_hour=row.failed,
    )
