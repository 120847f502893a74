import datetime as dt
import uuid
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from service.answer import Answer


class NewTest(BaseModel):
    """The competency test (*uji kompetensi*) after a time to improve."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        use_attribute_docstrings=True,
        json_schema_extra={
            "examples": [{"held_on": "2027-09-15", "passed": True, "letter": "800.1.11/214/BKPSDM/2027"}]
        },
    )

    held_on: dt.date
    """After the last day of the time to improve."""
    passed: bool
    note: Annotated[str, Field(max_length=2000)] = ""
    letter: Annotated[str, Field(max_length=200)] = ""
    """Number of the letter or of the minutes."""


class NewEnd(BaseModel):
    """Why a time to improve ends without a test."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        use_attribute_docstrings=True,
        json_schema_extra={"examples": [{"reason": "Mencapai batas usia pensiun per 1 Mei 2027."}]},
    )

    reason: Annotated[str, Field(min_length=1, max_length=2000)]
    """Force majeure, retirement, a result that was changed."""


class ImprovementOutcome(Answer):
    """How it ended, in one revision."""

    revision: int
    kind: str
    """`test`: the test was held; `end`: it ended for another reason; `left`: the employee has left."""
    kind_name: str
    held_on: dt.date | None
    passed: bool | None
    reason: str
    """Why it ended, or what was noted of the test."""
    letter: str
    recorded_by: str | None
    """Null where it was noted by itself."""
    at: dt.datetime
    """In the time of the cycle."""
    recorded_at: dt.datetime


class LaterResult(Answer):
    """The final result of a later year."""

    appraisal_id: uuid.UUID
    cycle: str
    year: int
    predicate: str
    predicate_name: str
    score: float | None


class ImprovementDetail(Answer):
    """A time to improve, and how it stands."""

    id: uuid.UUID
    appraisal_id: uuid.UUID
    employee_id: uuid.UUID
    employee: str
    unit_id: uuid.UUID
    unit: str
    cycle_id: uuid.UUID
    cycle: str
    rule: str
    label: str
    article: str | None
    """On what it rests."""
    predicate: str | None
    predicate_name: str | None
    starts_on: dt.date
    ends_on: dt.date
    """The last day; the competency test follows."""
    state: str
    """`running`, `test_awaited`, `test_missing` (nobody is reminded any more) or `closed`."""
    state_name: str
    result_changed: bool
    """Whether another result counts by now: personnel officers decide whether it ends."""
    outcome: ImprovementOutcome | None
    """The latest revision."""
    leads_to: str | None
    """What comes after a test that was not passed; null as long as none was failed."""
    earlier_outcomes: list[ImprovementOutcome]
    """Revisions that were replaced, the latest first."""
    later_results: list[LaterResult]
    """Results of later years that have become final meanwhile, as far as you may see them."""
    may_record: bool
    """Whether you may put the outcome on record."""


class ImprovementPage(Answer):
    """Times to improve, those that end first before the others."""

    items: list[ImprovementDetail]
    next: str | None
