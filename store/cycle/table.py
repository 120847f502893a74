"""The table of cycles."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from store.base import identifier, json_column, moment, recorded


class Cycle(SQLModel, table=True):
    """One year's appraisals of an agency; ``clock`` maps real to business time, empty in production."""

    __table_args__ = (
        UniqueConstraint("agency_id", "name"),
        CheckConstraint("year BETWEEN 2019 AND 2044", name="year_in_range"),
        CheckConstraint("rehearsal OR clock = '[]'::jsonb", name="only_a_rehearsal_bends_time"),
    )

    id: uuid.UUID = identifier()
    agency_id: uuid.UUID = Field(foreign_key="agency.id", index=True)
    name: str = Field(max_length=120)
    year: int
    scheme: str = Field(foreign_key="scheme.key", max_length=80)
    clock: list[Any] = json_column()
    rehearsal: bool = False
    working_days: dict[str, Any] = Field(
        default_factory=dict, sa_type=JSONB, nullable=False, sa_column_kwargs={"server_default": text("'{}'")}
    )
    """How the agency's working days differ from the national ones; empty where they do not."""
    created_at: dt.datetime = recorded()
    launched_at: dt.datetime | None = moment(nullable=True)
