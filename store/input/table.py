"""The table of closed inputs."""

import datetime as dt
import uuid

from sqlmodel import Field, SQLModel

from store.base import moment


class InputResultRow(SQLModel, table=True):
    """What an input of the scheme came to for a case: one number, or that it is absent. It never says who said what."""

    __tablename__ = "input_result"

    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id", primary_key=True)
    input: str = Field(max_length=40, primary_key=True)
    """An input of the case's scheme."""
    number: float | None = None
    """0 to 120; None: it closed without enough, and is absent."""
    closed_at: dt.datetime = moment()
    """Business moment."""
