"""What a message is made of: whom it is for, and what is due; nothing of what an appraisal says."""

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum

from states.stages import Capacity, Stage
from translations import Locale

DIGEST = "digest"
"""The template that gathers many notices."""

MOST_ITEMS = 5
"""The cases of a digest that are named one by one; the rest are counted."""


class Part(StrEnum):
    """What a message consists of; each template has a file for each in every language."""

    SUBJECT = "subject"
    TEXT = "text"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Line:
    """One group of a digest: how many cases one template tells of in one stage."""

    template: str
    stage: Stage
    own_task: bool
    """Whether the reader is to do it, rather than to hear of somebody else's task."""
    count: int
    earliest_due: dt.date | None


@dataclass(frozen=True, slots=True)
class Item:
    """One case of a digest."""

    template: str
    stage: Stage
    own_task: bool
    due_on: dt.date | None
    appraisal_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Content:
    """A message before it is put into words.

    The template `DIGEST` is made of ``lines``, ``oldest`` and ``total``, every other one of the single fields.
    """

    recipient_name: str
    locale: Locale
    rehearsal: bool
    template: str
    stage: Stage | None = None
    own_task: bool = False
    due_on: dt.date | None = None
    appraisal_id: uuid.UUID | None = None
    nudger: str | None = None
    """The name of whoever asks for it, in a nudge; in a digest only where everything in it was asked by one."""
    nudger_capacity: Capacity | None = None
    """As what he asks; None leaves that out."""
    lines: tuple[Line, ...] = ()
    """A case counts in one line only: the one of the latest thing to say about it."""
    oldest: tuple[Item, ...] = ()
    """Up to `MOST_ITEMS` cases, what is due first before what is due later."""
    total: int = 0
    """How many cases the digest is about."""
