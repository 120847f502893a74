import datetime as dt
import uuid
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from service.answer import Answer

MOST_NOTICES = 500


class SeenNotices(BaseModel):
    """What I have seen: these notices, or all that were written until a moment."""

    model_config = ConfigDict(strict=True, extra="forbid", use_attribute_docstrings=True)

    notices: Annotated[tuple[uuid.UUID, ...], Field(min_length=1, max_length=MOST_NOTICES)] | None = None
    """Ids; what is no notice of mine is left alone."""
    all: Literal[True] | None = None
    until: dt.datetime | None = None
    """`created_at` of the newest notice that I was shown; what came after it stays unseen."""


class UnseenOfKind(Answer):
    """How many notices of a kind I have not seen."""

    kind: str
    kind_name: str
    count: int


class Unseen(Answer):
    """How many notices I have not seen."""

    total: int
    kinds: list[UnseenOfKind]
    """Only kinds of which there are any."""


class InboxLine(Answer):
    """A notice in my inbox."""

    id: uuid.UUID
    kind: str
    kind_name: str
    sentence: str
    """What it says, in one line."""
    stage: str | None
    """Null where I am asked for something beside a case in which I have no right; so are the next one and the case."""
    stage_name: str | None
    due_on: dt.date | None
    """The due day that runs, as long as it is open."""
    open: bool | None
    """Whether what it asks for is still to be done by somebody; null for what asks for nothing."""
    appraisal_id: uuid.UUID | None
    appraisal: str | None
    """The address of the case."""
    read_on: str
    """Where to read on and to act."""
    employee_id: uuid.UUID
    employee: str
    cycle: str
    nudged_by: str | None
    """Who asks for it by name."""
    at: dt.datetime
    """In the time of its cycle."""
    created_at: dt.datetime
    """In real time, by which the list is ordered."""
    seen_at: dt.datetime | None
    """When I first saw it, in the time of its cycle; null until then."""


class InboxPage(Answer):
    """My notices, the newest first."""

    items: list[InboxLine]
    next: str | None
    unseen: Unseen


class SeenAnswer(Answer):
    """What was marked."""

    marked: int
    """How many had not been marked before; some may have been marked with the case of a result."""
    unseen: Unseen
