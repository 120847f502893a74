"""The table of assignments."""

import datetime as dt
import uuid

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from store.base import identifier, moment, recorded


class Assignment(SQLModel, table=True):
    """Who holds which capacity towards an employee, in a half-open period of business time.

    ``kind`` is definitive, plt, plh, delegated or stepping_in (PP 30/2019 art 46(1), (3)-(4)). With
    ``appraisal_id`` it holds for that one appraisal only, and there before any other.
    """

    __table_args__ = (
        CheckConstraint("holder_id <> employee_id", name="nobody_appraises_himself"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="ends_after_it_begins"),
        CheckConstraint("capacity IN ('rater', 'rater_superior', 'appeals_officer')", name="known_capacity"),
        CheckConstraint(
            "kind IN ('definitive', 'plt', 'plh', 'delegated', 'stepping_in')", name="known_kind"
        ),
        Index(
            "uq_assignment_one_definitive_open",
            "employee_id",
            "capacity",
            unique=True,
            postgresql_where=text("kind = 'definitive' AND valid_until IS NULL AND appraisal_id IS NULL"),
        ),
        Index(
            "uq_assignment_one_of_a_case",
            "appraisal_id",
            "capacity",
            unique=True,
            postgresql_where=text("appraisal_id IS NOT NULL AND valid_until IS NULL"),
        ),
        Index("ix_assignment_holder", "holder_id", "capacity"),
    )

    id: uuid.UUID = identifier()
    employee_id: uuid.UUID = Field(foreign_key="person.id", index=True)
    capacity: str = Field(max_length=20)
    holder_id: uuid.UUID = Field(foreign_key="person.id")
    kind: str = Field(default="definitive", max_length=20)
    valid_from: dt.datetime = moment()
    valid_until: dt.datetime | None = moment(nullable=True)
    letter: str = Field(default="", max_length=200)
    """Number of the letter that it rests on."""
    reason: str = Field(default="", max_length=2_000, sa_column_kwargs={"server_default": ""})
    appraisal_id: uuid.UUID | None = Field(default=None, foreign_key="appraisal.id")
    operation_id: uuid.UUID | None = Field(default=None, foreign_key="operation.id")
    recorded_at: dt.datetime = recorded()
