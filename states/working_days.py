"""An agency's own working days: what a letter of its head changes in the national calendar.

Units of direct service work six days (Perpres 21/2023 art 7); regional holidays add closed days, and joint
leave may be declared working where the public cannot wait.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from states.calendar import FIVE_DAY_WEEK, SIX_DAY_WEEK

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

    @property
    def weekdays(self) -> frozenset[int]:
        """The days of the week on which the agency works, counted from Monday = 0."""
        return _WEEKDAYS[self.week]

    def days_outside(self, years: range) -> Iterator[tuple[Literal["closed", "working"], int, dt.date]]:
        """Days that calendars of ``years`` ignore: list, position in it and day."""
        for position, day in enumerate(self.closed):
            if day.year not in years:
                yield "closed", position, day
        for position, day in enumerate(self.working):
            if day.year not in years:
                yield "working", position, day


NATIONAL_DAYS = WorkingDays()
"""The working days of an agency that has decided nothing."""
