"""The table of entries."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from states.stages import Capacity
from store.base import identifier, json_column, moment, recorded


class EntryRow(SQLModel, table=True):
    """One note of the year. It is withdrawn by its author, never changed."""

    __tablename__ = "entry"
    __table_args__ = (
        CheckConstraint(
            f"capacity IN ({', '.join(repr(capacity.value) for capacity in Capacity)})", name="known_capacity"
        ),
        UniqueConstraint("appraisal_id", "author_id", "key"),
        Index("ix_entry_case", "appraisal_id", "noted_on", "id"),
        Index("ix_entry_counted", "appraisal_id", "kind", postgresql_where=text("withdrawn_at IS NULL")),
    )

    id: uuid.UUID = identifier()
    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id")
    kind: str = Field(max_length=40)
    """An entry kind of the case's scheme."""
    author_id: uuid.UUID = Field(foreign_key="person.id")
    capacity: str = Field(max_length=20)
    key: str = Field(max_length=120)
    """The idempotency key under which it was handed in."""
    fingerprint: str = Field(max_length=64)
    item: str = Field(default="", max_length=40)
    """The row of the plan, or the value, that it is about; empty for the work as a whole."""
    noted_on: dt.date
    """The day that the note is about."""
    confidential: bool = False
    addressee_id: uuid.UUID | None = Field(default=None, foreign_key="person.id")
    """With whom the employee shares a confidential note of his own: whoever was the rater then."""
    content: dict[str, Any] = json_column()
    recorded_at: dt.datetime = recorded()
    withdrawn_at: dt.datetime | None = moment(nullable=True)
