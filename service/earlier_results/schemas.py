import uuid
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from service.answer import Answer

MOST = 1_000
"""So many results are handed in at once at most."""


class EarlierYear(BaseModel):
    """The predicate of somebody's earlier year."""

    model_config = ConfigDict(strict=True, extra="forbid", use_attribute_docstrings=True)

    person: uuid.UUID | None = None
    """Who it is about; the person or the NIP is given."""
    nip: Annotated[str, Field(min_length=1, max_length=18)] | None = None
    """Employee number, 18 digits."""
    year: Annotated[int, Field(ge=2000, le=2100)]
    """A year before the latest cycle of the agency."""
    predicate: Annotated[int, Field(ge=1, le=5)]
    """As SIASN counts predicates: 1 is the best, 5 the worst."""
    source: Annotated[str, Field(max_length=300)] = ""
    """On what it rests, for example a letter or the system it comes from."""


class NewEarlierResults(BaseModel):
    """Earlier results to be put on record."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        use_attribute_docstrings=True,
        json_schema_extra={
            "examples": [{"items": [{"nip": "198501012010011001", "year": 2025, "predicate": 1}]}]
        },
    )

    items: Annotated[list[EarlierYear], Field(min_length=1, max_length=MOST)]
    """All of them are recorded, or none."""


class RecordedYear(Answer):
    """What stands of one person and year now."""

    person_id: uuid.UUID
    year: int
    predicate: int
    before: int | None
    """What stood there until now; it stays on record. Null where nothing did."""
    state: Literal["recorded", "corrected", "unchanged"]


class RecordedResults(Answer):
    """What became of a list, in its order."""

    recorded: int
    corrected: int
    unchanged: int
    items: list[RecordedYear]
