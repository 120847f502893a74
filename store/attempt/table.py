"""The table of refused attempts."""

import datetime as dt
import uuid

from sqlmodel import Field, SQLModel

from store.base import identifier, recorded


class AttemptRow(SQLModel, table=True):
    """Somebody tried something on a case and was refused; nothing else changed."""

    __tablename__ = "attempt"

    id: uuid.UUID = identifier()
    appraisal_id: uuid.UUID = Field(foreign_key="appraisal.id", index=True)
    person_id: uuid.UUID = Field(foreign_key="person.id", index=True)
    trigger: str = Field(max_length=40)
    code: str = Field(max_length=40)
    command_id: str = Field(default="", max_length=120)
    request_id: str = Field(default="", max_length=64)
    at: dt.datetime = recorded()
