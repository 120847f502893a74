"""The table of what the skills of people came to."""

import uuid

from sqlalchemy import ARRAY, CheckConstraint, Text
from sqlmodel import Field, SQLModel


class SkillStandingRow(SQLModel, table=True):
    """In what the employee of a case is weak, strong, or known to be neither.

    Derived from the result, the meeting and closed surveys, so that a unit is counted without reading the texts of
    all its people; it is written anew whenever the case has moved on. It counts only as long as ``result`` is the
    result of the case.
    """

    __tablename__ = "skill_standing"
    __table_args__ = (CheckConstraint("sequence >= 1", name="of_a_case_that_began"),)

    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id", primary_key=True)
    sequence: int
    """Up to which event of the case it was derived."""
    surveys: int
    """From how many closed surveys."""
    result: str | None = Field(default=None, max_length=64)
    """The delivered result that it follows from; None: the case has none now."""
    weak: list[str] = Field(sa_type=ARRAY(Text), nullable=False)
    strong: list[str] = Field(sa_type=ARRAY(Text), nullable=False)
    known: list[str] = Field(sa_type=ARRAY(Text), nullable=False)
    """All that was looked at: weak, strong and neither."""
