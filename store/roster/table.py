"""The tables of imports and of the findings that wait for somebody to settle them."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from store.base import identifier, json_column, recorded


class RosterImportRow(SQLModel, table=True):
    """One import that was applied."""

    __tablename__ = "roster_import"
    __table_args__ = (
        CheckConstraint("char_length(digest) = 64", name="digest_is_a_digest"),
        Index("ix_roster_import_list", "agency_id", "applied_at"),
    )

    id: uuid.UUID = identifier()
    agency_id: uuid.UUID = Field(foreign_key="agency.id")
    digest: str = Field(max_length=64)
    """SHA-256 in hex over the files."""
    counts: dict[str, Any] = json_column()
    """Rows by file and verdict."""
    applied_at: dt.datetime = recorded()


class RosterFindingRow(SQLModel, table=True):
    """Something in the roster that was imported anyway, or left out, and that somebody must still settle.

    The next import of the same person or unit replaces it.
    """

    __tablename__ = "roster_finding"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (unit_id IS NULL)", name="about_a_person_or_a_unit"),
        Index("ix_roster_finding_agency", "agency_id", "cause"),
        Index("ix_roster_finding_person", "person_id"),
        Index("ix_roster_finding_unit", "unit_id"),
    )

    id: uuid.UUID = identifier()
    agency_id: uuid.UUID = Field(foreign_key="agency.id")
    person_id: uuid.UUID | None = Field(default=None, foreign_key="person.id")
    unit_id: uuid.UUID | None = Field(default=None, foreign_key="unit.id")
    import_id: uuid.UUID = Field(foreign_key="roster_import.id", index=True)
    cause: str = Field(max_length=40)
    line: int
    """Line of the file, from 1."""
    parameters: dict[str, Any] = json_column()
    found_at: dt.datetime = recorded()
