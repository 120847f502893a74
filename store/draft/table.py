"""The tables of drafts."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from store.base import identifier, json_column, recorded


class DraftRow(SQLModel, table=True):
    """What somebody has filled in so far of a form. It is overwritten, and is no part of the record."""

    __tablename__ = "draft"
    __table_args__ = (CheckConstraint("version > 0", name="version_counts_from_one"),)

    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id", primary_key=True)
    form: str = Field(primary_key=True, max_length=40)
    author_id: uuid.UUID = Field(foreign_key="person.id", primary_key=True)
    version: int = 1
    """Counts the savings: who saves over another version than he has read is told."""
    content: dict[str, Any] = json_column()
    saved_at: dt.datetime = recorded()


class DraftAsideRow(SQLModel, table=True):
    """What was not saved because a newer version was there, or was a draft when something else was handed in; kept,
    so that nothing typed is lost.
    """

    __tablename__ = "draft_aside"
    __table_args__ = (Index("ix_draft_aside_draft", "appraisal_id", "form", "author_id", "kept_at"),)

    id: uuid.UUID = identifier()
    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id")
    form: str = Field(max_length=40)
    author_id: uuid.UUID = Field(foreign_key="person.id")
    based_on: int
    """The version that its author had read; of a draft, its own."""
    content: dict[str, Any] = json_column()
    kept_at: dt.datetime = recorded()
