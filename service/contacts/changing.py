"""Reads, adds and removes the addresses of a person."""

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from notifications.linking import VALID_FOR, telegram_link
from service.accounts.hooks import Hooks
from service.accounts.tokens import Identity
from service.channels.reach import Reach
from service.contacts.addresses import BY_LINK
from service.contacts.checking import checked_address
from service.contacts.schemas import Addresses, NewAddress, TelegramLink
from service.contacts.showing import shown_addresses
from service.problems import AddressTaken, ChannelNotConfigured, FieldError, Invalid
from store.contact.owning import addresses_of, give_up, take
from store.message.channels import ChannelName
from translations import Locale


async def my_addresses(
    connection: AsyncConnection, identity: Identity, reach: Reach, locale: Locale
) -> Addresses:
    """The addresses to which somebody gets messages beside the inbox."""
    return shown_addresses(await addresses_of(connection, identity.person), reach, locale)


async def add_address(
    database: AsyncEngine, identity: Identity, body: NewAddress, reach: Reach, hooks: Hooks, locale: Locale
) -> Addresses | TelegramLink:
    """Adds an address on a chat channel; for Telegram, returns a link instead.

    Raises `ChannelNotConfigured`, `Invalid`, and `AddressTaken` for an address of somebody else.
    """
    channel = ChannelName(body.channel)
    if channel not in reach.channels:
        raise ChannelNotConfigured
    if channel is ChannelName.TELEGRAM:
        if body.address is not None:
            raise Invalid(errors=[FieldError("/address", BY_LINK)])
        return _link(identity, reach, hooks)
    address = checked_address(channel, body)
    now = dt.datetime.now(dt.UTC)
    async with database.begin() as connection:
        if not await take(connection, person=identity.person, channel=channel, address=address, at=now):
            raise AddressTaken
        return await my_addresses(connection, identity, reach, locale)


async def forget_address(
    database: AsyncEngine, identity: Identity, channel: ChannelName, reach: Reach, locale: Locale
) -> Addresses:
    """Removes the address on a channel, so that nothing is sent there. A repeat is harmless."""
    async with database.begin() as connection:
        await give_up(connection, identity.person, channel)
        return await my_addresses(connection, identity, reach, locale)


def _link(identity: Identity, reach: Reach, hooks: Hooks) -> TelegramLink:
    codes, bot = hooks.link_codes, reach.telegram_bot
    if codes is None or bot is None:
        raise ChannelNotConfigured
    now = dt.datetime.now(dt.UTC)
    link = telegram_link(bot, codes.make(identity.person, now))
    # The code counts in whole seconds.
    return TelegramLink(link=link, expires_at=now.replace(microsecond=0) + VALID_FOR)
