"""Chooses the working calendar that a cycle's appraisals are launched with, for each zone."""

from states.calendar import WorkingCalendar
from states.national import decreed_years, national_calendar
from states.working_days import NATIONAL_DAYS, WorkingDays


def calendar_years(year: int) -> range:
    """From the year before ``year``, when plans are drafted, to two years after it.

    An appraisal of the year ends in the next year, and its objection at the latest in the year after that.
    """
    return range(year - 1, year + 3)


def calendar_of(year: int, zone: str, working_days: WorkingDays = NATIONAL_DAYS) -> WorkingCalendar:
    """The national calendar of `calendar_years`, changed by what the agency has decided in ``working_days``."""
    return national_calendar(
        calendar_years(year),
        zone,
        six_day_week=working_days.week == "six_day",
        added=frozenset(working_days.closed),
        removed=frozenset(working_days.working),
        declared=frozenset(working_days.decreed),
    )


def provisional_years_of(year: int, working_days: WorkingDays = NATIONAL_DAYS) -> tuple[int, ...]:
    """Of the years in which a cycle runs its ordinary course, those whose holidays nobody has decreed yet."""
    decreed = decreed_years() | frozenset(working_days.decreed)
    return tuple(each for each in (year, year + 1) if each not in decreed)
