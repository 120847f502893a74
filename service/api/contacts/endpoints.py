from typing import Literal

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.contacts.changing import add_address, forget_address, my_addresses
from service.contacts.schemas import Addresses, NewAddress, TelegramLink
from store.message.channels import ChannelName

router = APIRouter(tags=["me"])


@router.get(
    "/me/addresses", response_model=Addresses, responses=problems(401, 503), operation_id="listAddresses"
)
async def mine(identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Where I am written to beside the inbox, and what to do where nothing arrives."""
    async with shared.reading.connect() as connection:
        found = await my_addresses(connection, identity, shared.reach, locale)
    return answer(found)


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
    return answer(await add_address(shared.database, identity, body, shared.reach, shared.hooks, locale))


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
    return answer(await forget_address(shared.database, identity, ChannelName(channel), shared.reach, locale))
