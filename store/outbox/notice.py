"""A notice as the relay holds it while it is being sent, and how the sending ended."""

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum

from states.stages import Stage
from translations import Locale


class NoticeState(StrEnum):
    """Where a notice stands on its way to its reader."""

    CREATED = "created"
    SENDING = "sending"
    """Claimed by a relay until ``next_attempt_at``; after that moment another may claim it."""
    SENT = "sent"
    """The provider has taken it over."""
    TEMPORARY_FAILURE = "temporary_failure"
    PERMANENT_FAILURE = "permanent_failure"
    CANCELLED = "cancelled"
    """What it asks for was done, or is no longer asked, before it was sent."""


@dataclass(frozen=True, slots=True)
class DueNotice:
    """A claimed notice with what sending it needs; nothing of the appraisal's content."""

    id: uuid.UUID
    appraisal_id: uuid.UUID
    stage: Stage
    template: str
    due_on: dt.date | None
    """The running due day, which may be later than when the notice was written; None where nothing is due."""
    own_task: bool
    """Whether the recipient was to do the task, rather than to hear of somebody else's."""
    rehearsal: bool
    recipient_id: uuid.UUID
    recipient_name: str
    recipient_email: str
    """Empty where none is known."""
    locale: Locale
    attempt: int
    """1 for the first."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one claim took: the notices to send, and how many were cancelled instead."""

    notices: tuple[DueNotice, ...]
    cancelled: int

    @property
    def count(self) -> int:
        """How many rows were due."""
        return len(self.notices) + self.cancelled


@dataclass(frozen=True, slots=True)
class Sending:
    """How an attempt ended: sent, failed for good, or to be tried again ``retry_after``."""

    notice: DueNotice
    state: NoticeState
    answer: str
    """What the provider said, word for word, up to 500 characters."""
    at: dt.datetime
    retry_after: dt.timedelta | None = None
