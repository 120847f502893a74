"""A message as the relay holds it while it is being sent, and how the sending ended."""

import datetime as dt
import uuid
from dataclasses import dataclass
from enum import StrEnum

from states.receipt_evidence import Evidence
from states.rules import DeemedAfter
from states.stages import Stage
from store.message.channels import ChannelName
from translations import Locale


class MessageState(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    """Planned, and not tried yet."""
    SENDING = "sending"
    """Claimed by a relay until ``next_attempt_at``; after that moment another may claim it."""
    SENT = "sent"
    """The provider has taken it over."""
    DELIVERED = "delivered"
    """The provider, or a receipt, says that it arrived."""
    TEMPORARY_FAILURE = "temporary_failure"
    PERMANENT_FAILURE = "permanent_failure"
    CANCELLED = "cancelled"
    """All that it should tell was done, or was no longer asked for, before it was sent."""


@dataclass(frozen=True, slots=True)
class DueGroup:
    """The cases in one stage that one template tells about."""

    template: str
    stage: Stage
    own_task: bool
    """Whether the task is the recipient's own, and not somebody else's that he hears about."""
    count: int
    earliest_due: dt.date | None
    awaits: Evidence | None
    """As of a `DueCase`."""
    duty: str = ""
    """What is owed beside the stage, a value of `DutyKind`; empty if it is about the stage."""


@dataclass(frozen=True, slots=True)
class DueCase:
    """One case; nothing of the appraisal's content."""

    template: str
    stage: Stage
    own_task: bool
    due_on: dt.date | None
    """The running due day, which may be later than the one when the notice was written; None if nothing is due."""
    appraisal_id: uuid.UUID
    awaits: Evidence | None
    """In a response before the receipt: the act of the employee that begins its days. None everywhere else."""
    received_on: dt.date | None
    """The day from which the response counts."""
    deemed_after: DeemedAfter | None
    """In a response: when the rules of the case deem the result received; None where they never do."""
    duty: str = ""
    """What is owed beside the stage, a value of `DutyKind`; empty if it is about the stage."""
    attended: uuid.UUID | None = None
    """The survey, team or time to improve that it is about, if it is about one."""


@dataclass(frozen=True, slots=True)
class DueMessage:
    """A claimed message with what sending it needs."""

    id: uuid.UUID
    channel: ChannelName
    attempt: int
    """1 for the first."""
    digest: bool
    rehearsal: bool
    recipient_id: uuid.UUID
    recipient_name: str
    address: str
    """In the channel's own form; empty where none is known."""
    address_is_bad: bool
    """Whether a provider has said for good that nothing arrives there."""
    locale: Locale
    nudger: str | None
    """The person who nudges, if there is just one."""
    groups: tuple[DueGroup, ...]
    oldest: tuple[DueCase, ...]
    """Up to five cases, the first due first."""
    total: int
    """How many cases it tells about. One counts once for its stage, for each duty in it and for each fact."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one claim took: the messages to send, and how many were cancelled instead."""

    messages: tuple[DueMessage, ...]
    cancelled: int

    @property
    def count(self) -> int:
        """How many rows were due."""
        return len(self.messages) + self.cancelled


@dataclass(frozen=True, slots=True)
class Copy:
    """What was sent, as proof."""

    template: str
    version: int
    subject: str
    body: str
    address: str


@dataclass(frozen=True, slots=True)
class Sending:
    """How an attempt ended: sent, failed for good, or to be tried again ``retry_after``."""

    message: DueMessage
    state: MessageState
    answer: str
    """What the provider said, word for word, up to 500 characters."""
    at: dt.datetime
    retry_after: dt.timedelta | None = None
    reason: str = ""
    """A code, for a failure that the answer alone does not explain."""
    provider: str = ""
    reference: str = ""
    """What the provider calls the message."""
    bad_address: bool = False
    copy: Copy | None = None
