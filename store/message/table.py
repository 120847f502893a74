"""The tables of messages and of each attempt at sending one."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from store.base import moment, recorded, text_column

STATES = (
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
        CheckConstraint(f"state IN {STATES}", name="known_state"),
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
    """Also what the provider knows it by: the same for every attempt."""
    recipient_id: uuid.UUID = Field(foreign_key="person.id")
    channel: str = Field(max_length=20)
    digest: bool = False
    """Whether it gathers everything for its moment, rather than stands for one notice."""
    rehearsal_cycle_id: uuid.UUID | None = Field(default=None, foreign_key="cycle.id")
    """The rehearsal in whose time it is sent; None for what is real."""
    slot: dt.datetime = moment()
    """Business moment from which it may leave."""
    day: dt.date
    """The recipient's local date of ``slot``, by which the daily limit counts."""
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
    """1 for the first; later words of the provider count on."""
    at: dt.datetime = moment()
    provider: str = Field(default="", max_length=60)
    outcome: str = Field(max_length=20)
    answer: str = Field(default="", max_length=500)
    """What the provider said, word for word."""
