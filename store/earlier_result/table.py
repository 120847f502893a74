"""The tables of earlier results."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from store.base import identifier, recorded


class EarlierListRow(SQLModel, table=True):
    """A list of earlier results that was handed in at once. Lists are never changed."""

    __tablename__ = "earlier_list"
    __table_args__ = (UniqueConstraint("given_by", "key"),)

    id: uuid.UUID = identifier()
    agency_id: uuid.UUID = Field(foreign_key="agency.id", index=True)
    given_by: uuid.UUID | None = Field(default=None, foreign_key="person.id")
    """The personnel officer; None for a file that the operator imported."""
    given_at: dt.datetime = recorded()
    key: str = Field(max_length=120)
    """The idempotency key under which it was handed in."""
    fingerprint: str = Field(max_length=64)


class EarlierResultRow(SQLModel, table=True):
    """The predicate of somebody's earlier year. The latest counts; the ones that it corrects stay."""

    __tablename__ = "earlier_result"
    __table_args__ = (
        CheckConstraint("code BETWEEN 1 AND 5", name="code_of_a_predicate"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year_in_range"),
        UniqueConstraint("list_id", "person_id", "year"),
        Index("ix_earlier_result_latest", "person_id", "year", "given_at"),
    )

    id: uuid.UUID = identifier()
    list_id: uuid.UUID = Field(foreign_key="earlier_list.id")
    person_id: uuid.UUID = Field(foreign_key="person.id")
    year: int
    code: int
    """As SIASN counts predicates: 1 is the best."""
    source: str = Field(default="", max_length=300)
    """On what it rests, in the words of who handed it in."""
    given_at: dt.datetime = recorded()
