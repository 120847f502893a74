"""Tables of appraisals and of all that is derived from their events."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from states.stages import Capacity, Stage
from store.base import duty_column, identifier, json_column, moment, recorded


def _one_of(column: str, values: type[Stage] | type[Capacity]) -> str:
    return f"{column} IN ({', '.join(repr(value.value) for value in values)})"


class AppraisalRow(SQLModel, table=True):
    """The present snapshot of one appraisal. What lists need of it stands in columns."""

    __tablename__ = "appraisal"
    __table_args__ = (
        UniqueConstraint("cycle_id", "employee_id", "period"),
        CheckConstraint("period >= 1", name="periods_count_from_one"),
        CheckConstraint(_one_of("stage", Stage), name="known_stage"),
        CheckConstraint("sequence >= 1", name="has_begun"),
        CheckConstraint("char_length(head) = 64", name="head_is_a_digest"),
        CheckConstraint(
            "(stage IN ('finalised', 'cancelled')) = (holder IS NULL)", name="an_open_stage_has_a_holder"
        ),
        CheckConstraint("stage <> 'finalised' OR outcome IS NOT NULL", name="finalised_has_an_outcome"),
        Index("ix_appraisal_cycle_stage", "cycle_id", "stage", "due_on"),
        Index("ix_appraisal_cycle_due", "cycle_id", text("COALESCE(due_on, 'infinity'::date)"), "id"),
        Index("ix_appraisal_final", "updated_at", "id", postgresql_where=text("stage = 'finalised'")),
    )

    id: uuid.UUID = identifier()
    cycle_id: uuid.UUID = Field(foreign_key="cycle.id")
    employee_id: uuid.UUID = Field(foreign_key="person.id", index=True)
    unit_id: uuid.UUID = Field(foreign_key="unit.id", index=True)
    period: int = Field(default=1, sa_column_kwargs={"server_default": text("1")})
    """1 for the first of the year; a move to another post begins the next (PP 30/2019 art 36)."""
    period_from: dt.date | None = None
    """First day of the period; None for the first day of the year."""
    period_until: dt.date | None = None
    """Last day of a period that ended early; None for the last day of the year."""
    relations_until: dt.datetime | None = moment(nullable=True)
    """Set by a move: the closed period keeps the rater whom the employee had at this moment."""
    stage: str = Field(max_length=24)
    sequence: int
    revision: int = 1
    holder: str | None = Field(default=None, max_length=20)
    due_on: dt.date | None = None
    outcome: str | None = Field(default=None, max_length=20)
    head: str = Field(max_length=64)
    snapshot: dict[str, Any] = json_column()
    calendar: str = Field(foreign_key="calendar.key", max_length=80)
    entered_at: dt.datetime = moment()
    updated_at: dt.datetime = recorded()
    started_at: dt.datetime | None = moment(nullable=True)
    """When it was recorded, for the engine to follow."""


class EventRow(SQLModel, table=True):
    """One event, append-only and chained by hash to the one before."""

    __tablename__ = "event"
    __table_args__ = (
        CheckConstraint("char_length(hash) = 64", name="hash_is_a_digest"),
        Index("ix_event_command", "appraisal_id", "command_id"),
    )

    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id", primary_key=True)
    sequence: int = Field(primary_key=True)
    kind: str = Field(max_length=20)
    body: dict[str, Any] = json_column()
    command_id: str = Field(max_length=120)
    fingerprint: str = Field(default="", max_length=64)
    actor_id: uuid.UUID | None = Field(default=None, foreign_key="person.id")
    at: dt.datetime = moment()
    recorded_at: dt.datetime = recorded()
    hash: str = Field(max_length=64)


class TaskRow(SQLModel, table=True):
    """What somebody has to do now: the task of the stage, and what is owed beside it; one open for each duty."""

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint(_one_of("stage", Stage), name="known_stage"),
        CheckConstraint(_one_of("capacity", Capacity), name="known_capacity"),
        CheckConstraint("(closed_at IS NULL) = (closed_sequence IS NULL)", name="closed_by_an_event"),
        Index(
            "uq_task_one_open",
            "appraisal_id",
            "duty",
            unique=True,
            postgresql_where=text("closed_at IS NULL"),
        ),
        UniqueConstraint("appraisal_id", "opened_sequence", "duty"),
        Index("ix_task_open", "capacity", "due_on", postgresql_where=text("closed_at IS NULL")),
    )

    id: uuid.UUID = identifier()
    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id")
    duty: str = duty_column()
    stage: str = Field(max_length=24)
    """The stage in which it opened."""
    capacity: str = Field(max_length=20)
    opened_at: dt.datetime = moment()
    opened_sequence: int
    due_on: dt.date | None = None
    closed_at: dt.datetime | None = moment(nullable=True)
    closed_sequence: int | None = None


class DeadlineRow(SQLModel, table=True):
    """A deadline with the article that it comes from. It ends with its stage or duty, or when another replaces it."""

    __tablename__ = "deadline"
    __table_args__ = (
        CheckConstraint("due_on >= started_on - 366", name="due_day_in_range"),
        Index(
            "uq_deadline_one_running",
            "appraisal_id",
            "duty",
            unique=True,
            postgresql_where=text("ended_sequence IS NULL"),
        ),
    )

    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id", primary_key=True)
    sequence: int = Field(primary_key=True)
    duty: str = duty_column(primary_key=True)
    rule: str = Field(max_length=40)
    unit: str = Field(max_length=12)
    article: str = Field(max_length=300)
    statutory: bool
    started_on: dt.date
    due_on: dt.date
    statutory_on: dt.date | None = None
    """The day that the law gives, where ``due_on`` is another one."""
    due_before: dt.date | None = None
    """The day of the deadline that this one replaces, where it was moved: extended, resumed, by another calendar."""
    lapsed_at: dt.datetime | None = moment(nullable=True)
    ended_sequence: int | None = None
