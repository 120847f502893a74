import datetime as dt
from typing import Literal

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.responses import Response

from notifications.linking import VALID_FOR, telegram_link
from service.accounts.tokens import Identity
from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.contacts.schemas import Addresses, AddressLine, NewAddress, TelegramLink
from service.api.dependencies import Dependencies, Shared
from service.api.identity import Language, SignedIn
from service.channels.addresses import (
    BY_LINK,
    CONSENT,
    NEEDED,
    NO_ADDRESS,
    NO_NUMBER,
    WITHOUT_CONSENT,
    usable,
)
from service.channels.reach import Reach
from service.notices.wording import channel_name
from service.problems import AddressTaken, ChannelNotConfigured, FieldError, Invalid
from store.contact.owning import Address, addresses_of, give_up, take
from store.message.channels import SENT_BY_RELAY, ChannelName
from translations import Locale, translate
from translations import mark as _

router = APIRouter(tags=["me"])

_ASK_HR = _(
    "Tell your personnel officer an e-mail address that works; he enters it in the roster. Until then read the inbox."
)
_NO_EMAIL = _("The roster has no e-mail address of yours; tell your personnel officer one.")
_GIVE_ANOTHER = _("Messages do not arrive there. Give the address again if it works by now, or another one.")


@router.get(
    "/me/addresses", response_model=Addresses, responses=problems(401, 503), operation_id="listAddresses"
)
async def mine(identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Where I am written to beside the inbox, and what to do where nothing arrives."""
    async with shared.reading.connect() as connection:
        return answer(await _shown(connection, identity, shared.reach, locale))


@router.post(
    "/me/addresses",
    response_model=Addresses | TelegramLink,
    responses=problems(400, 401, 409, 413, 415, 422, 503),
    openapi_extra=documented(NewAddress),
    operation_id="addAddress",
)
async def add(request: Request, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Takes an address of mine on a chat channel; a former one there is given up. E-mail comes from the roster.

    For Telegram the answer is a link: it opens the bot, and beginning there connects the chat.
    """
    body = await read_body(request, NewAddress)
    channel = ChannelName(body.channel)
    if channel not in shared.reach.channels:
        raise ChannelNotConfigured
    if channel is ChannelName.TELEGRAM:
        if body.address is not None:
            raise Invalid(errors=[FieldError("/address", BY_LINK)])
        return answer(_link(identity, shared))
    address = _checked(channel, body)
    now = dt.datetime.now(dt.UTC)
    async with shared.database.begin() as connection:
        taken = await take(connection, person=identity.person, channel=channel, address=address, at=now)
        if not taken:
            raise AddressTaken
        shown = await _shown(connection, identity, shared.reach, locale)
    return answer(shown)


@router.delete(
    "/me/addresses/{channel}",
    response_model=Addresses,
    responses=problems(401, 404, 503),
    operation_id="stopChannel",
)
async def stop(
    channel: Literal["whatsapp", "telegram", "webhook"], identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """Nothing is sent to me there any more, and the address is forgotten; to repeat it is harmless."""
    async with shared.database.begin() as connection:
        await give_up(connection, identity.person, ChannelName(channel))
        shown = await _shown(connection, identity, shared.reach, locale)
    return answer(shown)


def _checked(channel: ChannelName, body: NewAddress) -> str:
    errors = []
    address = None if body.address is None else usable(channel, body.address)
    if body.address is None:
        errors.append(FieldError("/address", NEEDED))
    elif address is None:
        errors.append(FieldError("/address", NO_NUMBER if channel is ChannelName.WHATSAPP else NO_ADDRESS))
    if not body.consent:
        errors.append(FieldError("/consent", WITHOUT_CONSENT))
    if errors or address is None:
        raise Invalid(errors=errors)
    return address


def _link(identity: Identity, shared: Dependencies) -> TelegramLink:
    codes, bot = shared.hooks.link_codes, shared.reach.telegram_bot
    if codes is None or bot is None:
        raise ChannelNotConfigured
    now = dt.datetime.now(dt.UTC)
    link = telegram_link(bot, codes.make(identity.person, now))
    # The code counts in whole seconds.
    return TelegramLink(link=link, expires_at=now.replace(microsecond=0) + VALID_FOR)


async def _shown(connection: AsyncConnection, identity: Identity, reach: Reach, locale: Locale) -> Addresses:
    known: dict[ChannelName, Address] = {}
    for each in await addresses_of(connection, identity.person):
        # Of several on a channel the one that works, else the latest.
        if each.channel not in known or (known[each.channel].bad_since and not each.bad_since):
            known[each.channel] = each
    lines = [_line(channel, known.get(channel), reach, locale) for channel in SENT_BY_RELAY]
    return Addresses(addresses=lines, consent=translate(CONSENT, locale))


def _line(channel: ChannelName, address: Address | None, reach: Reach, locale: Locale) -> AddressLine:
    advice = _advice(channel, address)
    state: Literal["in_use", "bad", "none"] = "in_use"
    if address is None:
        state = "none"
    elif address.bad_since is not None:
        state = "bad"
    return AddressLine(
        channel=channel,
        channel_name=channel_name(channel, locale),
        configured=channel in reach.channels,
        address=None if address is None else address.address,
        state=state,
        since=None if address is None else address.confirmed_at,
        bad_since=None if address is None else address.bad_since,
        what_to_do=None if advice is None else translate(advice, locale),
    )


def _advice(channel: ChannelName, address: Address | None) -> str | None:
    if channel is ChannelName.EMAIL:
        if address is None:
            return _NO_EMAIL
        return None if address.bad_since is None else _ASK_HR
    return None if address is None or address.bad_since is None else _GIVE_ANOTHER
