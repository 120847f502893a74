"""WhatsApp by Meta's Cloud API: messages made from templates that Meta has approved."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

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
from notifications.whatsapp_errors import Verdict, verdict_of
from translations import Locale

NAME = "whatsapp"
MOST_CHARACTERS = 1024
"""A template's parameter has at most this many characters."""
_NUMBER = re.compile(r"[1-9]\d{7,14}")
"""Country code and number without signs (ITU-T E.164)."""


@dataclass(frozen=True, slots=True)
class WhatsAppAccount:
    """The account that sends, and its approved templates.

    Each template has one text parameter in its body, the subject, and one button that opens ``<public URL>/{{1}}``.
    """

    phone_number_id: str
    access_token: str = field(repr=False)
    templates: Mapping[Locale, str]
    url: str = "https://graph.facebook.com/v23.0"


class WhatsAppChannel:
    """Sends the subject and the link; everything else is read after signing in.

    The API cannot recognise a repetition: if it does not answer, a message may arrive twice. The message's id goes
    along as ``biz_opaque_callback_data``, so that a receipt is understood even if our own note of it was lost.
    """

    def __init__(
        self, account: WhatsAppAccount, public_url: str, *, provider: HttpProvider | None = None
    ) -> None:
        self._account = account
        self._public_url = public_url
        self._provider = provider or HttpProvider(NAME)

    async def send(self, envelope: Envelope) -> Receipt:
        """Returns when Meta has accepted the message; whether it arrives is told later."""
        refuse_real_address(envelope)
        if not envelope.address:
            raise PermanentFailure("no number is known", reason="no_address", provider=NAME)
        number = envelope.address.removeprefix("+")
        if not _NUMBER.fullmatch(number):
            told = "this is not a number with country code and digits only"
            raise PermanentFailure(told, reason="bad_address", provider=NAME, bad_address=True)
        answer = await self._provider.post(
            f"{self._account.url}/{self._account.phone_number_id}/messages",
            json.dumps(self._content(envelope, number)).encode(),
            {"Authorization": f"Bearer {self._account.access_token}"},
        )
        return Receipt(f"HTTP {answer.status}", dt.datetime.now(dt.UTC), NAME, _reference(answer))

    async def close(self) -> None:
        """Closes the connections."""
        await self._provider.close()

    def _content(self, envelope: Envelope, number: str) -> dict[str, Any]:
        message = envelope.message
        return {
            "messaging_product": "whatsapp",
            "recipient_type": "individual",
            "to": number,
            "type": "template",
            "biz_opaque_callback_data": envelope.id.hex,
            "template": {
                "name": self._account.templates[message.locale],
                "language": {"code": message.locale.value},
                "components": [
                    {"type": "body", "parameters": [_text(message.subject)]},
                    {
                        "type": "button",
                        "sub_type": "url",
                        "index": "0",
                        "parameters": [_text(message.link.removeprefix(self._public_url).lstrip("/"))],
                    },
                ],
            },
        }


def _text(text: str) -> dict[str, str]:
    """A parameter, without the line breaks and rows of blanks that the API refuses."""
    return {"type": "text", "text": " ".join(text.split())[:MOST_CHARACTERS]}


def _reference(answer: HttpAnswer) -> str:
    """Meta's id of the message. Raises the failure that an error stands for."""
    content = answer.content()
    if answer.status >= 300:
        raise _failure(answer, content.get("error"))
    match content.get("messages"):
        case [{"id": str(reference)}, *_]:
            return reference
        case _:
            # The status says that it was accepted. After an exception it would be sent again.
            return ""


def _failure(answer: HttpAnswer, error: object) -> SendingFailed:
    code, told = error_told(error)
    told = f"HTTP {answer.status} {told}" if told else answer.told()
    match verdict_of(code, answer.status):
        case Verdict.BAD_ADDRESS:
            return PermanentFailure(told, reason="bad_address", provider=NAME, bad_address=True)
        case Verdict.REFUSED:
            return PermanentFailure(told, reason="refused", provider=NAME)
        case Verdict.OURSELVES:
            return ProviderUnavailable(told, provider=NAME)
        case Verdict.LATER:
            return TemporaryFailure(told, provider=NAME)


def error_told(error: object) -> tuple[int | None, str]:
    """The code of an error object of the API, or None, and what the object says in one line, or nothing."""
    if not isinstance(error, dict):
        return None, ""
    code = error.get("code")
    data = error.get("error_data")
    details = data.get("details", "") if isinstance(data, dict) else ""
    said = [str(part) for part in (error.get("message") or error.get("title"), details) if part]
    return (code if isinstance(code, int) else None), f"error {code}: {' – '.join(said)}"
