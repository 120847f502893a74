import datetime as dt
import uuid
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from service.answer import Answer
from service.cycles.creating import FIRST_YEAR, LAST_YEAR
from states.working_days import NATIONAL_DAYS, WorkingDays


class NewCycle(BaseModel):
    """A cycle to be created."""

    model_config = ConfigDict(strict=True, extra="forbid", use_attribute_docstrings=True)

    name: Annotated[str, Field(min_length=1, max_length=120, pattern=r"^\S[^\x00-\x1f]*$")]
    """Unique in the agency, for example "Kinerja 2026"."""
    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
    scheme: Annotated[str, Field(max_length=80)] = "nasional"
    """Name of a scheme that comes with the program."""
    working_days: WorkingDays = NATIONAL_DAYS
    """How the agency's working days differ from the national ones."""


class CycleLine(Answer):
    """One year's appraisals."""

    id: uuid.UUID
    name: str
    year: int
    scheme: str
    rehearsal: bool
    created_at: dt.datetime
    launched_at: dt.datetime | None


class StageTotal(Answer):
    """How many appraisals stand in one stage."""

    stage: str
    stage_name: str
    appraisals: int
    overdue: int


class CycleDetail(CycleLine):
    """A cycle with its totals, which personnel officers see."""

    working_days: WorkingDays
    """How the agency's working days differ from the national ones."""
    provisional_years: list[int]
    """Years of its course whose public holidays are not decreed: due days in them may still move."""
    provisional_in_words: str | None
    stages: list[StageTotal] | None


class CyclePage(Answer):
    """Cycles, the newest first."""

    items: list[CycleLine]
    next: str | None
