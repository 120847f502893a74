"""The interface of every channel through which a person can be reached."""

import datetime as dt
import uuid
from dataclasses import dataclass, field
from typing import Protocol

from notifications.invitation import Invitation
from notifications.rendering import Message


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message and where it goes. Every attempt has the same ``id``, so a repetition can be recognised."""

    id: uuid.UUID
    person: uuid.UUID
    address: str
    """In the channel's own form; empty if none is known."""
    name: str
    message: Message
    rehearsal: bool
    unsubscribe: str | None = None
    """The link to switch off messages of this kind (RFC 8058); None if they may not be switched off."""
    reply_to: str = ""
    """The e-mail address where somebody answers; empty if nobody does."""
    invitations: tuple[Invitation, ...] = ()
    """Appointments for the reader's calendar, where the channel can carry them."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """The provider has accepted the message."""

    answer: str
    """What the provider said, word for word."""
    at: dt.datetime
    provider: str = ""
    """Which of the channel's providers it was."""
    reference: str = ""
    """The provider's own id of the message, which its later reports repeat."""


class SendingFailed(Exception):
    """The message was not accepted; ``answer`` says why, in the provider's own words if it gave any."""

    def __init__(
        self, answer: str, *, reason: str = "", provider: str = "", bad_address: bool = False
    ) -> None:
        super().__init__(answer)
        self.answer = answer
        self.reason = reason
        """A code for the cause; empty if only the answer tells it."""
        self.provider = provider
        self.bad_address = bad_address
        """Whether the address is at fault: nothing will ever arrive there."""


class TemporaryFailure(SendingFailed):
    """Trying again later may help."""


class ProviderUnavailable(TemporaryFailure):
    """The provider cannot be reached or does not let us send at all: it did not get the message."""


class PermanentFailure(SendingFailed):
    """Trying again would not help: somebody has to correct something first."""


class Channel(Protocol):
    """One way to reach a person."""

    async def send(self, envelope: Envelope) -> Receipt:
        """Hands the message to the provider. Raises `TemporaryFailure` or `PermanentFailure`."""
        ...

    async def close(self) -> None:
        """Closes what the channel keeps open between messages. The channel may be used again afterwards."""
        ...


@dataclass
class NullChannel:
    """A channel that sends nothing and remembers what it was given."""

    sent: list[Envelope] = field(default_factory=list)

    async def send(self, envelope: Envelope) -> Receipt:
        """Succeeds at once."""
        self.sent.append(envelope)
        return Receipt("null", dt.datetime.now(dt.UTC), "null")

    async def close(self) -> None:
        """Does nothing: nothing was kept open."""
