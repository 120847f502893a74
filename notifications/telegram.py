"""Telegram by its Bot API, to people who have linked their chat."""

import datetime as dt
import json
import re

from notifications.channel import (
    Envelope,
    PermanentFailure,
    ProviderUnavailable,
    Receipt,
    SendingFailed,
    TemporaryFailure,
)
from notifications.http_provider import HttpAnswer, HttpProvider
from notifications.rehearsing import refuse_real_address

NAME = "telegram"
API_URL = "https://api.telegram.org"
MOST_CHARACTERS = 4096
_CHAT = re.compile(r"[1-9]\d{0,19}")
"""The number of a private chat. Groups have negative numbers and never get a message."""
_CHAT_IS_GONE = re.compile(
    r"chat not found|user not found|user is deactivated|peer_id_invalid", re.IGNORECASE
)


class TelegramChannel:
    """Sends the subject and the link as plain text that cannot be forwarded.

    The API cannot recognise a repetition: if it does not answer, a message may arrive twice.
    """

    def __init__(self, token: str, *, url: str = API_URL, provider: HttpProvider | None = None) -> None:
        self._url = f"{url}/bot{token}/sendMessage"
        self._provider = provider or HttpProvider(NAME)

    async def send(self, envelope: Envelope) -> Receipt:
        """Returns when the message is in the chat."""
        refuse_real_address(envelope)
        if not envelope.address:
            raise PermanentFailure("no chat is linked", reason="no_address", provider=NAME)
        if not _CHAT.fullmatch(envelope.address):
            told = "this is not the number of a private chat"
            raise PermanentFailure(told, reason="bad_address", provider=NAME, bad_address=True)
        message = envelope.message
        content = {
            "chat_id": int(envelope.address),
            "text": f"{message.subject}\n\n{message.link}"[:MOST_CHARACTERS],
            "link_preview_options": {"is_disabled": True},
            "protect_content": True,
        }
        answer = await self._provider.post(self._url, json.dumps(content).encode(), {})
        if answer.status >= 300:
            raise _failure(answer)
        match answer.content():
            case {"result": {"message_id": int(number)}}:
                reference = f"{envelope.address}/{number}"
            case _:
                reference = ""
        return Receipt(f"HTTP {answer.status}", dt.datetime.now(dt.UTC), NAME, reference)

    async def close(self) -> None:
        """Closes the connections."""
        await self._provider.close()


def _failure(answer: HttpAnswer) -> SendingFailed:
    description = answer.content().get("description")
    told = f"HTTP {answer.status} {description}" if description else answer.told()
    # 403: the person has blocked the bot, left, or never begun to talk to it.
    if answer.status == 403 or (answer.status == 400 and _CHAT_IS_GONE.search(told)):
        return PermanentFailure(told, reason="bad_address", provider=NAME, bad_address=True)
    # 401 and 404: the token is wrong.
    if answer.status in {401, 404}:
        return ProviderUnavailable(told, provider=NAME)
    if answer.status == 429 or answer.status >= 500:
        return TemporaryFailure(told, provider=NAME)
    return PermanentFailure(told, reason="refused", provider=NAME)
