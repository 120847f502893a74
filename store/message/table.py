"""The tables of notices, of messages, and of each attempt at sending one."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from store.base import duty_column, identifier, moment, recorded, text_column

NOTICE_STATES = (
    "created",
    "held",
    "digesting",
    "sending",
    "sent",
    "delivered",
    "seen",
    "temporary_failure",
    "permanent_failure",
    "cancelled",
    "suppressed",
)


class NoticeRow(SQLModel, table=True):
    """One notice to one person through one channel, unique for the event that caused it and for what it says."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint(
            "appraisal_id",
            "stage",
            "rule",
            "occurrence",
            "recipient_id",
            "channel",
            "template",
            "duty",
            name="uq_notice_once",
        ),
        CheckConstraint(f"state IN {NOTICE_STATES}", name="known_state"),
        Index(
            "ix_notice_unplanned",
            "created_at",
            postgresql_where=text("state = 'created' AND message_id IS NULL"),
        ),
        Index("ix_notice_message", "message_id", postgresql_where=text("message_id IS NOT NULL")),
        Index(
            "ix_notice_inbox", "recipient_id", "created_at", "id", postgresql_where=text("channel = 'inbox'")
        ),
        Index(
            "ix_notice_unseen",
            "recipient_id",
            postgresql_where=text("channel = 'inbox' AND state = 'delivered'"),
        ),
        Index(
            "uq_notice_once_an_operation",
            "operation_id",
            "recipient_id",
            "channel",
            unique=True,
            postgresql_where=text("operation_id IS NOT NULL"),
        ),
        Index("ix_notice_recipient", "recipient_id", "created_at"),
        Index(
            "ix_notice_attended",
            "attended_id",
            "recipient_id",
            postgresql_where=text("attended_id IS NOT NULL"),
        ),
    )

    id: uuid.UUID = identifier()
    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id")
    stage: str = Field(max_length=24)
    rule: str = Field(max_length=40)
    occurrence: int
    """Sequence of the event that caused it."""
    duty: str = duty_column()
    """What is owed beside the stage, if it is about that."""
    recipient_id: uuid.UUID = Field(foreign_key="person.id")
    channel: str = Field(default="email", max_length=20)
    template: str = Field(max_length=40)
    due_on: dt.date | None = None
    rehearsal: bool = False
    operation_id: uuid.UUID | None = Field(default=None, foreign_key="operation.id")
    """The operation that caused it. Each person gets one notice, however many of his cases the operation touches."""
    attended_id: uuid.UUID | None = Field(default=None, foreign_key="attended.id")
    """The survey, team or time to improve that it is about, if it is about one."""
    state: str = Field(default="created", max_length=20)
    reason: str = Field(default="", max_length=40, sa_column_kwargs={"server_default": ""})
    """Why it waits, was suppressed or cancelled, or failed, as a code."""
    message_id: uuid.UUID | None = Field(default=None, foreign_key="message.id")
    """The message that it leaves with; None before it is planned, and in the inbox."""
    sender_id: uuid.UUID | None = Field(default=None, foreign_key="person.id")
    """Who asked for it by a nudge."""
    business_at: dt.datetime = moment()
    created_at: dt.datetime = recorded()
    seen_at: dt.datetime | None = moment(nullable=True)
    """Business moment at which the recipient first saw it in the inbox."""


MESSAGE_STATES = (
    "waiting",
    "sending",
    "sent",
    "delivered",
    "temporary_failure",
    "permanent_failure",
    "cancelled",
)
UNFINISHED = "state IN ('waiting', 'sending', 'temporary_failure')"


class MessageRow(SQLModel, table=True):
    """What leaves for one person through one channel; its id is made from what it gathers, so it is planned once."""

    __tablename__ = "message"
    __table_args__ = (
        CheckConstraint(f"state IN {MESSAGE_STATES}", name="known_state"),
        Index("ix_message_waiting", "channel", "next_attempt_at", postgresql_where=text(UNFINISHED)),
        Index("ix_message_day", "recipient_id", "channel", "day"),
        Index(
            "ix_message_reference",
            "channel",
            "provider_reference",
            postgresql_where=text("provider_reference <> ''"),
        ),
    )

    id: uuid.UUID = Field(primary_key=True)
    """The provider knows the message by this id too: it is the same for every attempt."""
    recipient_id: uuid.UUID = Field(foreign_key="person.id")
    channel: str = Field(max_length=20)
    digest: bool = False
    """Whether it gathers all notices for its moment, and not just one notice."""
    rehearsal_cycle_id: uuid.UUID | None = Field(default=None, foreign_key="cycle.id")
    """The rehearsal in whose time it is sent; None outside a rehearsal."""
    slot: dt.datetime = moment()
    """Business moment from which it may leave."""
    day: dt.date
    """The recipient's local date of ``slot``, for the daily limit."""
    state: str = Field(default="waiting", max_length=20)
    reason: str = Field(default="", max_length=40)
    """Why it was cancelled or failed, as a code."""
    attempts: int = 0
    next_attempt_at: dt.datetime = recorded()
    """Real moment."""
    address: str = Field(default="", max_length=320)
    """Where it went, as proof; empty before the first attempt."""
    template: str = Field(default="", max_length=40)
    template_version: int = 0
    locale: str = Field(default="id", max_length=5)
    subject: str = Field(default="", max_length=300)
    body: str = text_column()
    """The text as it was sent; empty before."""
    provider: str = Field(default="", max_length=60)
    provider_reference: str = Field(default="", max_length=300)
    """What the provider calls the message, for its later receipts."""
    provider_answer: str = Field(default="", max_length=500)
    created_at: dt.datetime = recorded()
    sent_at: dt.datetime | None = moment(nullable=True)
    delivered_at: dt.datetime | None = moment(nullable=True)
    """When the provider, or a receipt, said that it arrived."""


class MessageAttemptRow(SQLModel, table=True):
    """One attempt at a message, or a later word of the provider on it. Only ever added."""

    __tablename__ = "message_attempt"
    __table_args__ = (
        CheckConstraint(
            "outcome IN ('sent', 'delivered', 'temporary_failure', 'permanent_failure', 'bounced')",
            name="known_outcome",
        ),
        Index("ix_message_attempt_at", "at"),
    )

    message_id: uuid.UUID = Field(foreign_key="message.id", primary_key=True)
    number: int = Field(primary_key=True)
    """1 for the first attempt; later words of the provider continue the count."""
    at: dt.datetime = moment()
    provider: str = Field(default="", max_length=60)
    outcome: str = Field(max_length=20)
    answer: str = Field(default="", max_length=500)
    """What the provider said, word for word."""
