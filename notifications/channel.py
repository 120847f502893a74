"""The interface behind which every way to reach a person lies."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Protocol

from notifications.rendering import Message


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message with where it goes; ``id`` makes every attempt recognisable as the same message."""

    id: uuid.UUID
    person: uuid.UUID
    address: str
    """In the channel's own form; empty where none is known."""
    name: str
    message: Message
    rehearsal: bool
    unsubscribe: str | None = None
    """Where the reader may switch off messages of this kind (RFC 8058); None for what may not be switched off."""
    reply_to: str = ""
    """An e-mail address that answers; empty where nobody does."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The provider has taken the message over."""

    answer: str
    """What the provider said, word for word."""
    at: dt.datetime
    provider: str = ""
    """Which of a channel's providers it was."""
    reference: str = ""
    """What the provider calls the message in its later receipts."""


class SendingFailed(Exception):
    """The message was not taken over; ``answer`` says why, in the provider's words where it gave any."""

    def __init__(
        self, answer: str, *, reason: str = "", provider: str = "", bad_address: bool = False
    ) -> None:
        super().__init__(answer)
        self.answer = answer
        self.reason = reason
        """A code, where there is more to say than the answer."""
        self.provider = provider
        self.bad_address = bad_address
        """Whether the address is at fault: nothing will ever arrive there."""


class TemporaryFailure(SendingFailed):
    """Trying again later may help."""


class ProviderUnavailable(TemporaryFailure):
    """The provider could not be spoken to, or refuses ourselves: nothing was handed over to it."""


class PermanentFailure(SendingFailed):
    """Trying again would not help: somebody has to correct something first."""


class Channel(Protocol):
    """One way to reach a person."""

    async def send(self, envelope: Envelope) -> Receipt:
        """Hands the message to the provider. Raises `TemporaryFailure` or `PermanentFailure`."""
        ...

    async def close(self) -> None:
        """Lets go of what it keeps between messages; it may be used again afterwards."""
        ...


@dataclass
class NullChannel:
    """The twin that sends nothing and remembers what it was given."""

    sent: list[Envelope] = field(default_factory=list)

    async def send(self, envelope: Envelope) -> Receipt:
        """Succeeds at once."""
        self.sent.append(envelope)
        return Receipt("null", dt.datetime.now(dt.UTC), "null")

    async def close(self) -> None:
        """Nothing is kept."""
