import datetime as dt
import uuid
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from service.answer import Answer


class NewTraining(BaseModel):
    """A training that I choose, and the weakness that it is to help with."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        use_attribute_docstrings=True,
        json_schema_extra={"examples": [{"training": "pelayanan_prima", "weakness": "komunikasi"}]},
    )

    training: Annotated[str, Field(min_length=1, max_length=40)]
    """One that the scheme of the case offers."""
    weakness: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    """One of the scheme's list; where the meeting named some, one of these."""


class Weakness(Answer):
    """Something that should improve."""

    name: str
    label: str


class TrainingOffer(Answer):
    """A training of the scheme."""

    training: str
    label: str
    hours: int
    """Lesson hours (*jam pelajaran*)."""
    helps_with: list[Weakness]
    recommended: bool
    """Whether it is meant for the employee's post and helps with a weakness of his."""


class ChosenTraining(Answer):
    """A training that the employee chose."""

    id: uuid.UUID
    training: str
    label: str
    hours: int | None
    """Null where the scheme does not have it."""
    weakness: Weakness | None
    chosen_at: dt.datetime
    withdrawn_at: dt.datetime | None


class Trainings(Answer):
    """What the employee may learn after his result, and what he chose."""

    article: str | None
    """On what the offer rests."""
    may_choose: bool
    """Whether you may choose now."""
    weaknesses: list[Weakness]
    """Those that were named when the result was handed over, and those that follow from it."""
    offers: list[TrainingOffer]
    """All trainings of the scheme, the recommended ones first."""
    chosen: list[ChosenTraining]
    """Those that were not withdrawn, the oldest first."""
