import datetime as dt
import uuid

from service.answer import Answer
from service.ratings.schemas import ShownOutcome, ShownStep


class PeriodLine(Answer):
    """One period of an employee's year."""

    appraisal_id: uuid.UUID
    period: int
    """1 for the first of the year."""
    first: dt.date
    last: dt.date
    days: int
    months: float
    """With one decimal, as people say it."""
    weight: str | None
    """Its share of the days of all periods as a fraction, such as 181/365; all add up to exactly 1. Null where periods
    overlap."""
    weight_percent: float | None
    stage: str
    stage_name: str
    unit: str
    rater: str | None
    """Who rates it: of a closed period the rater from before the move."""
    present: bool
    """Whether it is the one that was asked for."""
    closed: bool
    """Whether it ended before the year did."""
    locked: bool
    """Whether its result is given to the employee: no later rater changes it."""
    rated_by: str | None
    """Who set the result; null where it is not open to me."""
    outcome: ShownOutcome | None
    """The predicate; null where there is none, or it is not open to me."""
    text: str | None
    """The result in words; null like the predicate."""


class YearPredicate(Answer):
    """How the periods come to one predicate."""

    predicate: str | None
    predicate_name: str | None
    working: list[ShownStep]


class PeriodList(Answer):
    """The periods of an employee's year, in order."""

    items: list[PeriodLine]
    year: YearPredicate | None
    """Null where one of the results is not open to me, and where the scheme has no rating."""
