"""Which working calendar a cycle's appraisals are launched with, zone by zone."""

from states.calendar import WorkingCalendar
from states.national import national_calendar


def calendar_of(year: int, zone: str) -> WorkingCalendar:
    """The national calendar from the year before ``year``, when plans are drafted, to two years after it.

    An appraisal of the year ends in the next one, its objection at the latest in the year after that.
    """
    return national_calendar(range(year - 1, year + 3), zone)
