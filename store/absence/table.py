"""The table of absences."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from states.absences import AbsenceKind
from store.base import identifier, moment, recorded


class AbsenceRow(SQLModel, table=True):
    """Somebody does not hold his post in a half-open period of business time, or from a moment on."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="ends_after_it_begins"),
        CheckConstraint(
            f"kind IN ({', '.join(repr(kind.value) for kind in AbsenceKind)})", name="known_kind"
        ),
        CheckConstraint("kind <> 'leave' OR valid_until IS NOT NULL", name="leave_ends"),
        Index("ix_absence_person", "person_id", "valid_from"),
    )

    id: uuid.UUID = identifier()
    person_id: uuid.UUID = Field(foreign_key="person.id")
    kind: str = Field(max_length=20)
    valid_from: dt.datetime = moment()
    valid_until: dt.datetime | None = moment(nullable=True)
    letter: str = Field(default="", max_length=200)
    reason: str = Field(default="", max_length=2_000)
    operation_id: uuid.UUID | None = Field(default=None, foreign_key="operation.id")
    recorded_at: dt.datetime = recorded()
