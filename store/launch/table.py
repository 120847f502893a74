"""The table of launch outcomes."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from store.base import recorded

OUTCOMES = ("started", "already", "skipped", "failed")


class LaunchOutcomeRow(SQLModel, table=True):
    """What the last launch that looked at a person led to; a later launch replaces the row."""

    __tablename__ = "launch_outcome"
    __table_args__ = (
        CheckConstraint(f"outcome IN {OUTCOMES}", name="known_outcome"),
        CheckConstraint(
            "(outcome IN ('skipped', 'failed')) = (reason <> '')", name="what_is_missing_has_a_reason"
        ),
        Index("ix_launch_outcome_list", "cycle_id", "outcome", "person_id"),
    )

    cycle_id: uuid.UUID = Field(foreign_key="cycle.id", primary_key=True)
    person_id: uuid.UUID = Field(foreign_key="person.id", primary_key=True)
    outcome: str = Field(max_length=20)
    reason: str = Field(default="", max_length=40)
    appraisal_id: uuid.UUID | None = Field(default=None, foreign_key="appraisal.id")
    launch_id: str = Field(default="", max_length=60)
    """The engine's run of the launch that wrote this row."""
    at: dt.datetime = recorded()
