import datetime as dt
import uuid
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from service.answer import Answer


class NewEntry(BaseModel):
    """Something to be noted."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        use_attribute_docstrings=True,
        json_schema_extra={
            "examples": [
                {
                    "noted_on": "2027-03-01",
                    "item": "h1",
                    "content": {"what": "Pemohon dilayani dengan sabar dan tuntas"},
                }
            ]
        },
    )

    noted_on: dt.date
    """The day that it is about, within the period and not to come."""
    item: Annotated[str, Field(max_length=40)] = ""
    """The result, indicator, value or skill that it is about, by its id; empty for the work as a whole."""
    content: dict[str, JsonValue]
    """The fields of the kind."""


class EntryLine(Answer):
    """A note of the year."""

    id: uuid.UUID
    kind: str
    kind_name: str
    item: str
    """Empty for the work as a whole."""
    noted_on: dt.date
    author_id: uuid.UUID
    author: str
    capacity: str
    """As what its author wrote it."""
    capacity_name: str
    confidential: bool
    """Only two see it: its author and the employee, or the employee and the rater of that time."""
    content: dict[str, JsonValue] | None
    """Null for what was withdrawn."""
    recorded_at: dt.datetime
    withdrawn_at: dt.datetime | None
    may_withdraw: bool
    """Whether I may withdraw it now."""


class CountedEntries(Answer):
    """How many notes of a kind there are that I may read, and how many of them the scheme counts apart."""

    kind: str
    kind_name: str
    entries: int
    """All that were not withdrawn."""
    label: str
    """What is counted apart, for example what was settled fast."""
    counted: int


class EntryPage(Answer):
    """What was noted in a case, the latest day first."""

    items: list[EntryLine]
    next: str | None
