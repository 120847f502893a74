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
    HELD = "held"
    """Waits for the sending hours, or for a day with room for one more message."""
    DIGESTING = "digesting"
    """Waits for the digest that it is gathered into."""
    SENDING = "sending"
    """In a message that a relay has claimed."""
    SENT = "sent"
    """The provider has taken it over."""
    DELIVERED = "delivered"
    """It lies where its recipient reads: in the inbox, or where the provider says so."""
    SEEN = "seen"
    """Its recipient has opened it in the inbox, or the provider says so."""
    TEMPORARY_FAILURE = "temporary_failure"
    PERMANENT_FAILURE = "permanent_failure"
    CANCELLED = "cancelled"
    """What it asks for was done, or is no longer asked, before it was sent."""
    SUPPRESSED = "suppressed"
    """Not sent through this channel on purpose; the reason says why."""


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
