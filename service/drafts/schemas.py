import datetime as dt
import uuid
from typing import Annotated

from pydantic import Field, JsonValue

from service.answer import Answer
from service.forms.schemas import FilledForm, Finding

LAST_VERSION = 2_000_000_000


class NewDraft(FilledForm):
    """What somebody has filled in so far, and the version that he had read."""

    version: Annotated[int, Field(ge=0, le=LAST_VERSION)]
    """As it was read or as the last saving gave it; 0 where nothing was saved yet."""


class DraftDetail(Answer):
    """My draft of a form. Nobody else sees it."""

    version: int
    """To be named by the next saving."""
    saved_at: dt.datetime | None
    """Null where nothing was ever saved."""
    content: dict[str, JsonValue]
    """Empty where there is none, or where it was removed or handed in."""


class SavedDraft(Answer):
    """A draft that is safe."""

    version: int
    saved_at: dt.datetime
    missing: list[Finding]
    """What is still missing before it can be handed in."""


class AsideLine(Answer):
    """A saving that was refused because a newer version was there, or a draft that stood when something else was
    handed in.
    """

    id: uuid.UUID
    based_on: int
    """The version that I had read; of a draft, its own."""
    kept_at: dt.datetime


class AsideList(Answer):
    """What was kept aside of a draft, the newest first; the newest 20 are kept."""

    items: list[AsideLine]


class AsideDetail(AsideLine):
    """The same with what I had sent or saved."""

    content: dict[str, JsonValue]
