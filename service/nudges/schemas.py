import uuid
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from service.answer import Answer
from service.nudges.nudging import MOST_AT_ONCE


class NewNudges(BaseModel):
    """Appraisals about which whoever is awaited there is to be asked."""

    model_config = ConfigDict(strict=True, extra="forbid", use_attribute_docstrings=True)

    appraisals: Annotated[tuple[uuid.UUID, ...], Field(min_length=1, max_length=MOST_AT_ONCE)]


class NudgeResult(Answer):
    """What came of it for one appraisal."""

    appraisal_id: uuid.UUID
    outcome: str
    outcome_name: str
    people: list[str]
    """Names of those who were nudged, now or already today."""
    nudged_by: str | None
    """Who had nudged them already."""


class NudgeTotal(Answer):
    """How many appraisals came to the same."""

    outcome: str
    outcome_name: str
    appraisals: int


class NudgeAnswer(Answer):
    """What came of a request, appraisal by appraisal in the order in which they were named."""

    totals: list[NudgeTotal]
    results: list[NudgeResult]
