"""The table of what the engine must follow."""

import datetime as dt
import uuid

from sqlalchemy import Boolean, CheckConstraint, Index, Text, text
from sqlmodel import Field, SQLModel

from store.base import moment, recorded

UNCONFIRMED = "followed IS DISTINCT FROM sequence"
"""Which rows are waiting: the condition of the index, word for word."""


class FollowingRow(SQLModel, table=True):
    """The engine must follow a case up to an event. Each case has one row, so no backlog exceeds the cases."""

    __tablename__ = "following"
    __table_args__ = (
        CheckConstraint("followed IS NULL OR followed <= sequence", name="never_ahead_of_the_record"),
        Index("ix_following_waiting", "next_attempt_at", postgresql_where=text(UNCONFIRMED)),
        Index("ix_following_wake", "wake_at", postgresql_where=text("wake_at IS NOT NULL")),
        Index("ix_following_trouble", "appraisal_id", postgresql_where=text("trouble <> ''")),
    )

    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id", primary_key=True)
    sequence: int
    """The event up to which the engine must follow: the last one on record."""
    followed: int | None = None
    """The event up to which the engine has been told; None if it is not certain that the engine knows the case."""
    wake_at: dt.datetime | None = moment(nullable=True)
    """The real moment at which time acts on the case next; None if time will not act, or the moment is not known."""
    marked_at: dt.datetime = recorded()
    """Since when the engine is behind, while it is."""
    next_attempt_at: dt.datetime = recorded()
    """When the sweeper may take the row, or took it last."""
    attempts: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    replaces: bool = Field(
        default=False, sa_type=Boolean, nullable=False, sa_column_kwargs={"server_default": text("false")}
    )
    """Whether the workflow that runs now must be ended first, since it cannot follow."""
    trouble: str = Field(
        default="", sa_type=Text, nullable=False, sa_column_kwargs={"server_default": text("''")}
    )
    """What keeps the engine from following this case, in a word; empty if nothing does."""
    trouble_at: dt.datetime | None = moment(nullable=True)
