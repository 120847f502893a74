import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from service.answer import Answer
from service.contacts.addresses import LONGEST


class NewAddress(BaseModel):
    """A channel on which I want to be reached, too."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        use_attribute_docstrings=True,
        json_schema_extra={
            "examples": [{"channel": "whatsapp", "address": "+6281234567890", "consent": True}]
        },
    )

    channel: Literal["whatsapp", "telegram", "webhook"]
    address: Annotated[str, Field(max_length=LONGEST)] | None = None
    """WhatsApp: a mobile number. The agency's gateway: what it knows me by. Telegram: nothing, a link is answered."""
    consent: bool = False
    """That I want messages there; `consent` of `GET /api/v1/me/addresses` says to what."""


class AddressLine(Answer):
    """How one channel reaches me."""

    channel: str
    channel_name: str
    configured: bool
    """Whether the operators have set it up."""
    address: str | None
    """Null where there is none."""
    state: Literal["in_use", "bad", "none"]
    since: dt.datetime | None
    """When I said yes to it; null for e-mail, which comes from the roster."""
    bad_since: dt.datetime | None
    """Since when nothing arrives there."""
    what_to_do: str | None
    """Where it does not reach me."""


class Addresses(Answer):
    """Where I can be reached beside the inbox, channel by channel."""

    addresses: list[AddressLine]
    consent: str
    """What is agreed to with a new address."""


class TelegramLink(Answer):
    """A link that connects my Telegram chat, once."""

    link: str
    expires_at: dt.datetime
