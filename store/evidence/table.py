"""The tables of evidence."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from store.base import identifier, moment, recorded

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes."""


class StoredFileRow(SQLModel, table=True):
    """The bytes of a file, once for each content."""

    __tablename__ = "stored_file"
    __table_args__ = (
        CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name="digest_is_sha256"),
        CheckConstraint(f"size BETWEEN 1 AND {LARGEST_FILE}", name="size_within_limit"),
        CheckConstraint("octet_length(content) = size", name="size_is_that_of_the_content"),
    )

    digest: str = Field(primary_key=True, max_length=64)
    media_type: str = Field(max_length=100)
    """As its content shows, not as its sender says."""
    size: int
    content: bytes = Field(sa_type=LargeBinary)
    stored_at: dt.datetime = recorded()


class EvidenceRow(SQLModel, table=True):
    """One piece of evidence of a case: a file or a link. It is withdrawn, never removed."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint("(digest IS NULL) <> (address IS NULL)", name="file_or_link"),
        CheckConstraint("(address IS NULL) = (reached IS NULL)", name="reachability_of_a_link"),
        CheckConstraint("reached IN ('reachable', 'unreachable', 'not_tried')", name="known_reachability"),
        UniqueConstraint("appraisal_id", "author_id", "key"),
        Index("ix_evidence_case", "appraisal_id", "added_at", "id"),
    )

    id: uuid.UUID = identifier()
    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id")
    author_id: uuid.UUID = Field(foreign_key="person.id")
    key: str = Field(max_length=120)
    """The idempotency key under which it was handed in."""
    fingerprint: str = Field(max_length=64)
    item: str = Field(default="", max_length=40)
    """The row of the plan that it is evidence for; empty for the work as a whole."""
    title: str = Field(max_length=200)
    digest: str | None = Field(default=None, foreign_key="stored_file.digest", max_length=64)
    file_name: str = Field(default="", max_length=200)
    address: str | None = Field(default=None, max_length=2000)
    reached: str | None = Field(default=None, max_length=20)
    """Whether the link answered when it was handed in."""
    reached_at: dt.datetime | None = moment(nullable=True)
    added_at: dt.datetime = recorded()
    withdrawn_at: dt.datetime | None = moment(nullable=True)
