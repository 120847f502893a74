"""Codes with which a person proves that a chat is their own."""

import datetime as dt
import uuid
from dataclasses import dataclass

from notifications.signing import Signer

VALID_FOR = dt.timedelta(minutes=15)
_SIGNATURE_BYTES = 12
_MOMENT_BYTES = 5
_CONTENT_BYTES = 16 + _MOMENT_BYTES


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """Who asked for a code, and when (real moment)."""

    person: uuid.UUID
    asked_at: dt.datetime


class LinkCodes:
    """Makes and reads codes of 44 letters, digits, ``-`` and ``_``. Telegram's deep links take up to 64 of them.

    A code is valid for a quarter of an hour. The caller must allow each code only once: it is spent if the person
    confirmed a chat at or after ``asked_at``.
    """

    def __init__(self, secret: str) -> None:
        self._signer = Signer(secret, "link")

    def make(self, person: uuid.UUID, now: dt.datetime) -> str:
        """A code for the person."""
        moment = int(now.timestamp()).to_bytes(_MOMENT_BYTES, "big")
        return self._signer.seal(person.bytes + moment, _SIGNATURE_BYTES)

    def read(self, code: str, now: dt.datetime) -> LinkRequest | None:
        """The request that a code stands for; None if we did not make the code or it has expired."""
        content = self._signer.open(code, _CONTENT_BYTES, _SIGNATURE_BYTES)
        if content is None:
            return None
        asked_at = dt.datetime.fromtimestamp(int.from_bytes(content[16:], "big"), dt.UTC)
        if now >= asked_at + VALID_FOR:
            return None
        return LinkRequest(uuid.UUID(bytes=content[:16]), asked_at)


def telegram_link(bot: str, code: str) -> str:
    """The address that opens the bot's chat. The bot gets the code when the person starts the chat."""
    return f"https://t.me/{bot}?start={code}"
