"""The tables of what the skills of people, and of units, came to."""

import uuid

from sqlalchemy import ARRAY, CheckConstraint, Index, Text, text
from sqlmodel import Field, SQLModel


class SkillStandingRow(SQLModel, table=True):
    """In what the employee of a case is weak, strong, or known to be neither.

    Derived from the result, the meeting and closed surveys, so that a unit is counted without reading the texts of all
    its people; it is written anew whenever the case has moved on.
    """

    __tablename__ = "skill_standing"
    __table_args__ = (
        CheckConstraint("sequence >= 1", name="of_a_case_that_began"),
        Index("ix_skill_standing_unit", "cycle_id", "unit_id", postgresql_where=text("counts")),
    )

    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id", primary_key=True)
    cycle_id: uuid.UUID = Field(foreign_key="cycle.id")
    unit_id: uuid.UUID = Field(foreign_key="unit.id")
    sequence: int
    """Up to which event of the case it was derived."""
    surveys: int
    """From how many closed surveys."""
    counts: bool
    """Whether the case has a delivered result, and is the latest of its employee in the cycle."""
    weak: list[str] = Field(sa_type=ARRAY(Text), nullable=False)
    strong: list[str] = Field(sa_type=ARRAY(Text), nullable=False)
    known: list[str] = Field(sa_type=ARRAY(Text), nullable=False)
    """All that was looked at: weak, strong and neither."""


class UnitSkillRow(SQLModel, table=True):
    """How the people of a unit, without those below, stand in one skill: the standings that count, added up."""

    __tablename__ = "unit_skill"

    cycle_id: uuid.UUID = Field(foreign_key="cycle.id", primary_key=True)
    unit_id: uuid.UUID = Field(foreign_key="unit.id", primary_key=True)
    skill: str = Field(max_length=40, primary_key=True)
    known: int
    weak: int
    strong: int
