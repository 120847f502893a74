"""An agency's own working days: what a letter of its head changes in the national calendar.

Units of direct service work six days (Perpres 21/2023 art 7); regional holidays add closed days, and joint
leave may be declared working where the public cannot wait.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from states.calendar import FIRST_DAY, FIVE_DAY_WEEK, LAST_DAY, SIX_DAY_WEEK

_WEEKDAYS = {"five_day": FIVE_DAY_WEEK, "six_day": SIX_DAY_WEEK}


def _not_closed_too(day: dt.date, info: ValidationInfo) -> dt.date:
    if day in info.data.get("closed", ()):
        raise PydanticCustomError("day_closed_and_working", "is closed as well; leave it in one of the lists")
    return day


def _within_the_week(day: dt.date, info: ValidationInfo) -> dt.date:
    if "week" in info.data and day.weekday() not in _WEEKDAYS[info.data["week"]]:
        raise PydanticCustomError(
            "day_outside_week",
            "lies outside the week that is worked; only a holiday or joint leave can be declared working",
        )
    return day


def _with_its_decree(year: int, info: ValidationInfo) -> int:
    if info.data.get("source") == "":
        raise PydanticCustomError("decree_without_source", "is said to be decreed; name the decree in source")
    return year


class WorkingDays(BaseModel):
    """How an agency's working days differ from the national ones; by default they do not."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True)

    week: Literal["five_day", "six_day"] = "five_day"
    """Monday to Friday, or to Saturday for units of direct service."""
    closed: tuple[dt.date, ...] = ()
    """Days on which nobody works, on top of holidays and joint leave."""
    working: tuple[
        Annotated[dt.date, AfterValidator(_not_closed_too), AfterValidator(_within_the_week)], ...
    ] = ()
    """Holidays or joint leave that are declared working days."""
    source: Annotated[str, Field(max_length=300, pattern=r"^[^\x00-\x1f]*$")] = ""
    """Where this was decided, for example the number of the regent's letter."""
    decreed: tuple[
        Annotated[int, Field(ge=FIRST_DAY.year, le=LAST_DAY.year), AfterValidator(_with_its_decree)],
        ...,
    ] = ()
    """Years whose decree on public holidays is out and entered in ``closed``, before a release knows of it."""

    @property
    def weekdays(self) -> frozenset[int]:
        """The days of the week on which the agency works, counted from Monday = 0."""
        return _WEEKDAYS[self.week]

    def days_outside(
        self, years: range
    ) -> Iterator[tuple[Literal["closed", "working", "decreed"], int, dt.date | int]]:
        """Days and years that no calendar of ``years`` would heed: list, position in it and day."""
        for position, day in enumerate(self.closed):
            if day.year not in years:
                yield "closed", position, day
        for position, day in enumerate(self.working):
            if day.year not in years:
                yield "working", position, day
        for position, year in enumerate(self.decreed):
            if year not in years:
                yield "decreed", position, year


NATIONAL_DAYS = WorkingDays()
"""The working days of an agency that has decided nothing."""
