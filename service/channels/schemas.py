import datetime as dt
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from service.answer import Answer
from service.channels.wording import LONGEST_REASON


def _said(reason: str) -> str:
    if "\0" in reason:
        raise PydanticCustomError("nul_character", "The text must not contain the character NUL")
    if not reason.strip():
        raise PydanticCustomError("string_too_short", "The text is empty")
    return reason.strip()


class NewPause(BaseModel):
    """A pause to begin."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
        json_schema_extra={"examples": [{"reason": "Server surel dipindahkan malam ini"}]},
    )

    reason: Annotated[str, Field(min_length=1, max_length=LONGEST_REASON), AfterValidator(_said)]
    """Why, for whoever looks for a message that waits."""


class ChannelLine(Answer):
    """How a channel stands."""

    channel: str
    channel_name: str
    paused: bool
    paused_at: dt.datetime | None
    """Since when; null while it is open, as the next two."""
    paused_by: str | None
    pause_reason: str | None
    waiting: int
    """Messages that are not sent yet, those planned for later included."""
    due: int
    """Of those: whose moment has come."""
    oldest_due: dt.datetime | None
    """Since when the oldest of these waits."""
    failed_last_hour: int
    """Attempts that failed, and messages that came back."""


class ChannelList(Answer):
    """All channels with a provider."""

    items: list[ChannelLine]


class ChannelSteered(Answer):
    """How a channel stands after it was paused or resumed."""

    changed: bool
    """Whether it stood otherwise before."""
    said: str
    """The same in words."""
    channel: ChannelLine
