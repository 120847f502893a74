"""The tables of times to improve."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from store.base import identifier, moment, recorded, text_column


class ImprovementRow(SQLModel, table=True):
    """The time to improve that follows from the result of one case; `AttendedRow` of the same id attends to it."""

    __tablename__ = "improvement"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="ends_after_it_begins"),
        Index("ix_improvement_running", "id", postgresql_where=text("closed_at IS NULL")),
    )

    id: uuid.UUID = Field(primary_key=True, foreign_key="attended.id")
    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id", unique=True)
    rulebook: str = Field(max_length=80)
    """The version of the scheme whose rule applies."""
    rule: str = Field(max_length=40)
    result: str = Field(max_length=64)
    """Digest of the rating on which it rests."""
    starts_on: dt.date
    ends_on: dt.date
    """The last day, where the employee works."""
    begun_at: dt.datetime = recorded()
    closed_at: dt.datetime | None = moment(nullable=True)
    """The real moment at which its outcome was first put on record."""


class ImprovementOutcomeRow(SQLModel, table=True):
    """How a time to improve ended. The latest revision counts; the earlier ones stay."""

    __tablename__ = "improvement_outcome"
    __table_args__ = (
        UniqueConstraint("improvement_id", "revision"),
        UniqueConstraint("improvement_id", "key"),
        CheckConstraint("kind IN ('test', 'end', 'left')", name="known_kind"),
        CheckConstraint("(kind = 'test') = (held_on IS NOT NULL)", name="a_test_has_a_day"),
        CheckConstraint("(kind = 'test') = (passed IS NOT NULL)", name="a_test_has_an_outcome"),
        CheckConstraint("(kind = 'left') = (by_id IS NULL)", name="the_clock_notes_who_left"),
    )

    id: uuid.UUID = identifier()
    improvement_id: uuid.UUID = Field(foreign_key="improvement.id")
    revision: int
    """1 for the first."""
    kind: str = Field(max_length=10)
    """``test``: the competency test was held; ``end``: it ended for another reason; ``left``: the person has left."""
    held_on: dt.date | None = None
    passed: bool | None = None
    reason: str = text_column()
    """Why it ended, or what is to be noted of the test."""
    letter: str = Field(default="", max_length=200)
    """Number of the letter."""
    by_id: uuid.UUID | None = Field(default=None, foreign_key="person.id")
    at: dt.datetime = moment()
    """In business time."""
    key: str = Field(max_length=120)
    fingerprint: str = Field(default="", max_length=64)
    recorded_at: dt.datetime = recorded()


class ImprovementWatchRow(SQLModel, table=True):
    """Up to which final case times to improve were looked for: a single row, held by whoever looks."""

    __tablename__ = "improvement_watch"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: int = Field(primary_key=True)
    seen_until: dt.datetime = moment()
    """Cases are looked at in the order in which they were last recorded; this is real time."""
    seen_case: uuid.UUID
