import datetime as dt
import uuid

from service.answer import Answer
from service.receipts.schemas import Receipt


class ChannelCounts(Answer):
    """How many of the notices that were asked for stand where, through one channel."""

    channel: str
    channel_name: str
    sent: int
    """Handed over, delivered or seen; in the inbox all."""
    seen: int
    """Of those: seen."""
    waiting: int
    """Created, held, for a digest, being sent, or to be tried again."""
    failed: int
    cancelled: int
    suppressed: int


class AttemptLine(Answer):
    """One attempt, or a later word of the provider."""

    number: int
    at: dt.datetime
    """Real moment."""
    provider: str
    outcome: str
    outcome_name: str
    answer: str
    """What the provider said, word for word."""


class MessageLine(Answer):
    """The message that a notice left with, or is to leave with."""

    id: uuid.UUID
    copy_at: str
    """Address of the rendered copy."""
    digest: bool
    notices: int
    """How many notices it carries."""
    state: str
    planned_for: dt.datetime
    """Business moment from which it might leave."""
    attempts: list[AttemptLine]
    address: str
    """Where it went; in full for personnel officers only. Empty before the first attempt."""
    template: str
    template_version: int
    provider: str
    reference: str
    """What the provider calls it."""
    answer: str
    """The provider's last word."""
    sent_at: dt.datetime | None
    """Real moment, as the next one."""
    delivered_at: dt.datetime | None


class Waiting(Answer):
    """Why and until when a notice waits."""

    until: dt.datetime | None
    """Real moment of the next attempt; null before it is planned."""
    planned_for: dt.datetime | None
    """The same plan in business time."""
    channel_paused_since: dt.datetime | None
    """Operators have paused the channel: it waits until they resume it."""
    pause_reason: str | None


class NoticeLine(Answer):
    """What somebody was to be told through one channel, and what became of it."""

    id: uuid.UUID
    appraisal_id: uuid.UUID | None
    """Null where somebody is asked for something beside a case in which he has no right; so is the stage."""
    employee_id: uuid.UUID
    employee: str
    cycle: str
    rehearsal: bool
    kind: str
    kind_name: str
    template: str
    stage: str | None
    stage_name: str | None
    rule: str
    """The rung or action that caused it."""
    due_on: dt.date | None
    recipient_id: uuid.UUID
    recipient: str
    nudged_by: str | None
    channel: str
    channel_name: str
    state: str
    state_name: str
    reason: str | None
    """Why it waits, was not sent, or failed; a stable code."""
    why: str | None
    """The same as a sentence."""
    written_at: dt.datetime
    """Business moment."""
    recorded_at: dt.datetime
    """Real moment."""
    seen_at: dt.datetime | None
    """Business moment at which it was first seen in the inbox."""
    waiting: Waiting | None
    message: MessageLine | None


class ComingNotice(Answer):
    """What will be written by itself, if nothing happens before."""

    at: dt.datetime
    """Business moment."""
    kind: str
    kind_name: str
    rule: str
    due_on: dt.date
    provisional: bool
    """The due day rests on working days of a year whose public holidays are not decreed, and may still move."""
    provisional_in_words: str | None
    audience: list[str]
    audience_names: list[str]


class CaseNotices(Answer):
    """What was written of a case, the newest first."""

    counts: list[ChannelCounts]
    """Of all that the filters leave, not of the page alone."""
    coming: list[ComingNotice]
    receipt: Receipt | None
    """How the receipt of the result is evidenced; null before there was one."""
    items: list[NoticeLine]
    next: str | None


class PersonNotices(Answer):
    """What was written to a person, the newest first."""

    counts: list[ChannelCounts]
    items: list[NoticeLine]
    next: str | None
