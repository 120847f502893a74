"""The table of appointments."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from store.base import moment, recorded


class AppointmentRow(SQLModel, table=True):
    """One version of the appointment at which a result is handed over. The highest ``number`` of a revision counts."""

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="ends_after_it_begins"),
        CheckConstraint("number >= 0", name="numbers_from_zero"),
        Index(
            "uq_appointment_key",
            "appraisal_id",
            "set_by",
            "key",
            unique=True,
            postgresql_where=text("key <> ''"),
        ),
    )

    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id", primary_key=True)
    revision: int = Field(primary_key=True)
    """The revision of the result that is handed over."""
    number: int = Field(primary_key=True)
    """Counts the changes from 0 (SEQUENCE of RFC 5545)."""
    starts_at: dt.datetime = moment()
    ends_at: dt.datetime = moment()
    place: str = Field(max_length=300)
    set_by: uuid.UUID = Field(foreign_key="person.id")
    key: str = Field(default="", max_length=120)
    """The idempotency key under which it was set; empty where it was cancelled, which a repeat does not change."""
    fingerprint: str = Field(default="", max_length=64)
    """Digest of what was asked under the key."""
    set_at: dt.datetime = recorded()
    cancelled: bool = False
