"""The table of notices."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from store.base import identifier, moment, recorded

STATES = (
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
    """One notice to one person through one channel, unique for the event that caused it."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("appraisal_id", "stage", "rule", "occurrence", "recipient_id", "channel"),
        CheckConstraint(f"state IN {STATES}", name="known_state"),
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
    )

    id: uuid.UUID = identifier()
    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id")
    stage: str = Field(max_length=24)
    rule: str = Field(max_length=40)
    occurrence: int
    """Sequence of the event that caused it."""
    recipient_id: uuid.UUID = Field(foreign_key="person.id")
    channel: str = Field(default="email", max_length=20)
    template: str = Field(max_length=40)
    due_on: dt.date | None = None
    rehearsal: bool = False
    operation_id: uuid.UUID | None = Field(default=None, foreign_key="operation.id")
    """The operation of which each person is told once, however many of his cases it touches."""
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
    """Business moment at which the recipient first saw it in the inbox: the receipt of record."""
