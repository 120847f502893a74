from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from notifications.kinds import Kind
from service.answer import Answer
from store.message.channels import ChannelName

Language = Literal["id", "en"]
_MOST_CELLS = len(Kind) * len(ChannelName)


class WantedCell(BaseModel):
    """Whether I want a kind of notice through a channel."""

    model_config = ConfigDict(strict=True, extra="forbid", use_attribute_docstrings=True)

    kind: Kind
    channel: ChannelName
    wanted: bool


class NewPreferences(BaseModel):
    """The whole matrix as I want it."""

    model_config = ConfigDict(strict=True, extra="forbid", use_attribute_docstrings=True)

    locale: Language
    """The language in which I am written to."""
    cells: Annotated[tuple[WantedCell, ...], Field(max_length=_MOST_CELLS)]
    """Every kind with every channel."""


class ChangedPreferences(BaseModel):
    """Some cells of the matrix, or the language, or both."""

    model_config = ConfigDict(strict=True, extra="forbid", use_attribute_docstrings=True)

    locale: Language | None = None
    cells: Annotated[tuple[WantedCell, ...], Field(max_length=_MOST_CELLS)] = ()


class ChannelOffer(Answer):
    """A way by which notices come."""

    channel: str
    channel_name: str
    configured: bool
    """Whether the operators have set it up."""
    available: bool
    """Whether it reaches me now: it is set up, and I have an address on it that works."""


class PreferenceCell(Answer):
    """Whether a kind of notice goes through a channel."""

    kind: str
    kind_name: str
    channel: str
    channel_name: str
    wanted: bool
    default: bool
    """What holds where nothing is chosen."""
    locked: bool
    locked_because: str | None
    """Why it cannot be switched off."""
    available: bool
    """Whether the channel reaches me now."""


class Preferences(Answer):
    """What I am told, through which channel, and in which language."""

    locale: str
    channels: list[ChannelOffer]
    cells: list[PreferenceCell]
    """Every kind with every channel."""
