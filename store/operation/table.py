"""Tables of operations and of their items."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from store.base import identifier, json_column, moment, recorded, text_column

STATES = ("waiting", "running", "paused", "finished", "withdrawn", "refused")
OUTCOMES = ("pending", "done", "refused", "failed")


class OperationRow(SQLModel, table=True):
    """One change, requested by a personnel officer, that may touch thousands of appraisals."""

    __tablename__ = "operation"
    __table_args__ = (
        CheckConstraint(f"state IN {STATES}", name="known_state"),
        CheckConstraint("char_length(fingerprint) = 64", name="fingerprint_is_a_digest"),
        UniqueConstraint("agency_id", "key"),
        Index("ix_operation_list", "agency_id", "requested_at", "id"),
    )

    id: uuid.UUID = identifier()
    agency_id: uuid.UUID = Field(foreign_key="agency.id")
    key: str = Field(max_length=120)
    """The caller's idempotency key."""
    fingerprint: str = Field(max_length=64)
    kind: str = Field(max_length=40)
    change: dict[str, Any] = json_column()
    """What was requested, as it was validated."""
    reason: str = text_column()
    authority: str = Field(max_length=300)
    """Who decided it, and by which letter."""
    requested_by: uuid.UUID = Field(foreign_key="person.id")
    requested_at: dt.datetime = recorded()
    effective_at: dt.datetime = moment()
    """The moment from which it holds; nothing is done before."""
    state: str = Field(default="waiting", max_length=20)
    applied_at: dt.datetime | None = moment(nullable=True)
    """When relations, people and units were changed, and the items chosen, in one transaction."""
    finished_at: dt.datetime | None = moment(nullable=True)
    refusal: dict[str, Any] | None = json_column(nullable=True)
    """Why it could not take effect when its moment came; nothing was changed then."""


class OperationItemRow(SQLModel, table=True):
    """What an operation does to one appraisal."""

    __tablename__ = "operation_item"
    __table_args__ = (
        CheckConstraint(f"outcome IN {OUTCOMES}", name="known_outcome"),
        Index("ix_operation_item_outcome", "operation_id", "outcome", "appraisal_id"),
        Index("ix_operation_item_appraisal", "appraisal_id"),
    )

    operation_id: uuid.UUID = Field(foreign_key="operation.id", primary_key=True)
    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id", primary_key=True)
    phase: str = Field(default="begin", primary_key=True, max_length=10)
    """``begin`` when the change takes effect, ``end`` when its period is over."""
    trigger: str = Field(max_length=40)
    parameters: dict[str, Any] = json_column()
    outcome: str = Field(default="pending", max_length=20)
    code: str = Field(default="", max_length=60)
    """Why it was refused or failed."""
    detail: dict[str, Any] = json_column()
    """The refusal's message with its parameters, for people."""
    attempts: int = 0
    done_at: dt.datetime | None = moment(nullable=True)
