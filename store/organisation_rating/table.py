"""The tables of what was said about an organisation as a whole."""

import datetime as dt
import uuid

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from store.base import identifier, recorded


class OrganisationRatingRow(SQLModel, table=True):
    """The predicate of a unit in a cycle (SE MenPANRB 3/2023). The latest one counts; the earlier ones stay."""

    __tablename__ = "organisation_rating"
    __table_args__ = (
        UniqueConstraint("set_by", "key"),
        Index("ix_organisation_rating_latest", "cycle_id", "unit_id", "set_at"),
    )

    id: uuid.UUID = identifier()
    cycle_id: uuid.UUID = Field(foreign_key="cycle.id")
    unit_id: uuid.UUID = Field(foreign_key="unit.id")
    level: str = Field(max_length=40)
    """A step of the scheme's scale of organisations."""
    reason: str = Field(max_length=2000)
    set_by: uuid.UUID = Field(foreign_key="person.id")
    set_at: dt.datetime = recorded()
    key: str = Field(max_length=120)
    """The idempotency key under which it was handed in."""
    fingerprint: str = Field(max_length=64)


class DistributionReasonRow(SQLModel, table=True):
    """Why the ratings of a unit differ from what its predicate makes expect. No rating is changed by it."""

    __tablename__ = "distribution_reason"
    __table_args__ = (
        UniqueConstraint("given_by", "key"),
        Index("ix_distribution_reason_latest", "cycle_id", "unit_id", "given_at"),
    )

    id: uuid.UUID = identifier()
    cycle_id: uuid.UUID = Field(foreign_key="cycle.id")
    unit_id: uuid.UUID = Field(foreign_key="unit.id")
    reason: str = Field(max_length=2000)
    given_by: uuid.UUID = Field(foreign_key="person.id")
    given_at: dt.datetime = recorded()
    key: str = Field(max_length=120)
    """The idempotency key under which it was handed in."""
    fingerprint: str = Field(max_length=64)
