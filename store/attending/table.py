"""The table of what is attended to."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from store.attending.kinds import AttendedKind
from store.base import identifier, moment


class AttendedRow(SQLModel, table=True):
    """Something with moments of its own: it opens, reminds and closes, each by a small workflow."""

    __tablename__ = "attended"
    __table_args__ = (
        CheckConstraint(
            f"kind IN ({', '.join(repr(kind.value) for kind in AttendedKind)})", name="known_kind"
        ),
        Index("ix_attended_due", "due_at", postgresql_where=text("ended_at IS NULL")),
        Index("ix_attended_untold", "id", postgresql_where=text("ended_at IS NULL AND told_at IS NULL")),
    )

    id: uuid.UUID = identifier()
    kind: str = Field(max_length=20)
    cycle_id: uuid.UUID = Field(foreign_key="cycle.id", index=True)
    due_at: dt.datetime = moment()
    """The business moment at which something is to be done next."""
    told_at: dt.datetime | None = moment(nullable=True)
    """The real moment at which the engine was told of it last."""
    ended_at: dt.datetime | None = moment(nullable=True)
    """The real moment after which nothing is to be done any more."""
