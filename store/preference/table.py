"""The table of preferences."""

import datetime as dt
import uuid

from sqlmodel import Field, SQLModel

from store.base import recorded


class PreferenceRow(SQLModel, table=True):
    """A person's choice, in place of the default, for a kind of notice and a channel."""

    __tablename__ = "preference"

    person_id: uuid.UUID = Field(foreign_key="person.id", primary_key=True)
    kind: str = Field(primary_key=True, max_length=20)
    channel: str = Field(primary_key=True, max_length=20)
    wanted: bool
    changed_at: dt.datetime = recorded()
