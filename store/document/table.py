"""The table of documents."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from store.base import json_column, recorded


class DocumentRow(SQLModel, table=True):
    """One immutable text; events refer to it by the SHA-256 of its content."""

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("char_length(digest) = 64", name="digest_is_a_digest"),
        Index("ix_document_appraisal", "appraisal_id", "created_at"),
    )

    digest: str = Field(primary_key=True, max_length=64)
    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id")
    kind: str = Field(max_length=30)
    author_id: uuid.UUID = Field(foreign_key="person.id")
    content: dict[str, Any] = json_column()
    created_at: dt.datetime = recorded()
