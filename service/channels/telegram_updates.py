"""Messages from people to the Telegram bot: they link their chat or end the link."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from notifications.linking import LinkCodes
from store.contact.repository import confirm, remove
from store.message.channels import ChannelName
from translations import Locale, negotiate, translate
from translations import mark as _

LINKED = _("This chat is linked now. Messages of Kinerja come here too; /stop ends that.")
NOT_LINKED = _("This code does not hold any more. Ask for a new one in Kinerja.")
STOPPED = _("Nothing is sent here any more. The inbox of Kinerja goes on.")
HOW = _("Ask for a code in Kinerja and open its link to link this chat. /stop ends it.")

_START = re.compile(r"/start(?:@\w+)?(?:\s+(?P<code>[A-Za-z0-9_-]{1,64}))?\s*")
_STOP = re.compile(r"/stop(?:@\w+)?\s*")


@dataclass(frozen=True, slots=True)
class Reply:
    """The bot's answer in a private chat."""

    chat: int
    text: str


async def take_update(
    database: AsyncEngine, codes: LinkCodes, content: object, now: dt.datetime
) -> Reply | None:
    """Carries out an update and returns the reply, or None if none is needed. Groups are ignored."""
    match content:
        case {
            "my_chat_member": {
                "chat": {"id": int(chat), "type": "private"},
                "new_chat_member": {"status": "kicked"},
            }
        }:
            # The person has blocked the bot.
            await _stop(database, chat)
            return None
        case {"message": {"chat": {"id": int(chat), "type": "private"}, "text": str(text)} as message}:
            return Reply(chat, translate(await _answer(database, codes, chat, text, now), _locale(message)))
        case _:
            return None


async def _answer(database: AsyncEngine, codes: LinkCodes, chat: int, text: str, now: dt.datetime) -> str:
    if _STOP.fullmatch(text):
        await _stop(database, chat)
        return STOPPED
    start = _START.fullmatch(text)
    if start is None or start["code"] is None:
        return HOW
    request = codes.read(start["code"], now)
    if request is None:
        return NOT_LINKED
    async with database.begin() as connection:
        linked = await confirm(
            connection,
            person=request.person,
            channel=ChannelName.TELEGRAM,
            address=str(chat),
            at=now,
            unless_since=request.asked_at,
        )
    return LINKED if linked else NOT_LINKED


async def _stop(database: AsyncEngine, chat: int) -> None:
    async with database.begin() as connection:
        await remove(connection, channel=ChannelName.TELEGRAM, address=str(chat))


def _locale(message: dict[str, Any]) -> Locale:
    sender = message.get("from")
    language = sender.get("language_code") if isinstance(sender, dict) else None
    return negotiate(language if isinstance(language, str) else None)
