"""The table of chosen trainings."""

import datetime as dt
import uuid

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from store.base import identifier, moment, recorded


class TrainingChoiceRow(SQLModel, table=True):
    """A training that the employee chose after the result. It is withdrawn, never removed."""

    __tablename__ = "training_choice"
    __table_args__ = (
        UniqueConstraint("appraisal_id", "key"),
        Index("ix_training_choice_case", "appraisal_id", "chosen_at"),
    )

    id: uuid.UUID = identifier()
    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id")
    key: str = Field(max_length=120)
    """The idempotency key under which it was chosen."""
    training: str = Field(max_length=40)
    """A training of the case's scheme."""
    weakness: str = Field(default="", max_length=40)
    """The weakness that it is to help with; empty if none is named."""
    chosen_at: dt.datetime = recorded()
    withdrawn_at: dt.datetime | None = moment(nullable=True)
