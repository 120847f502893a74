"""Tables of agencies, units, working calendars and scheme versions."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from store.base import identifier, json_column, moment, recorded


class Agency(SQLModel, table=True):
    """A government body (*instansi*)."""

    id: uuid.UUID = identifier()
    name: str = Field(unique=True, max_length=200)
    zone: str = Field(max_length=40)
    sending_hours: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSONB, nullable=False, sa_column_kwargs={"server_default": text("'{}'")}
    )
    """When messages go to its people, if that differs from the default (*jam kirim*)."""
    created_at: dt.datetime = recorded()


class OrganisationUnit(SQLModel, table=True):
    """A unit (*unit organisasi*) in the agency's tree."""

    __tablename__ = "unit"
    __table_args__ = (
        UniqueConstraint("agency_id", "code"),
        CheckConstraint("parent_id <> id", name="not_its_own_parent"),
        CheckConstraint("(merged_into IS NULL) = (merged_at IS NULL)", name="merged_at_a_moment"),
    )

    id: uuid.UUID = identifier()
    agency_id: uuid.UUID = Field(foreign_key="agency.id", index=True)
    code: str = Field(max_length=60)
    name: str = Field(max_length=300)
    kind: str = Field(default="", max_length=60)
    parent_id: uuid.UUID | None = Field(default=None, foreign_key="unit.id", index=True)
    zone: str = Field(max_length=40)
    """IANA zone; empty if the roster names none: then nobody in the unit can get an appraisal."""
    merged_into: uuid.UUID | None = Field(default=None, foreign_key="unit.id")
    """The unit that took this one over; None while this unit exists."""
    merged_at: dt.datetime | None = moment(nullable=True)


class CalendarVersion(SQLModel, table=True):
    """A working calendar as data, addressed by its content."""

    __tablename__ = "calendar"

    key: str = Field(primary_key=True, max_length=80)
    content: dict[str, Any] = json_column()
    created_at: dt.datetime = recorded()


class SchemeVersion(SQLModel, table=True):
    """One version of a scheme; a running appraisal keeps the version that it began with."""

    __tablename__ = "scheme"

    key: str = Field(primary_key=True, max_length=80)
    content: dict[str, Any] = json_column()
    """Its process."""
    content_rules: dict[str, Any] | None = json_column(nullable=True)
    """What it says of forms and ratings; None where it says nothing, and words are taken as they come."""
    created_at: dt.datetime = recorded()
