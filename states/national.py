"""The national working calendar: public holidays and joint leave (*cuti bersama*) of Indonesia.

Apart from `states.calendar`, so that code which only uses a calendar does not load holiday tables.
"""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache

import holidays

from states.calendar import (
    FIRST_DAY,
    FIVE_DAY_WEEK,
    LAST_DAY,
    SIX_DAY_WEEK,
    WorkingCalendar,
    content_key,
)

_NO_DAYS: frozenset[dt.date] = frozenset()
_NO_YEARS: frozenset[int] = frozenset()


def national_calendar(
    years: Iterable[int] = range(2024, 2032),
    zone: str = "Asia/Jakarta",
    six_day_week: bool = False,
    added: frozenset[dt.date] = _NO_DAYS,
    removed: frozenset[dt.date] = _NO_DAYS,
    declared: frozenset[int] = _NO_YEARS,
    key: str | None = None,
) -> WorkingCalendar:
    """National holidays and joint leave of ``years``, with an agency's own days.

    ``added`` are closed on top, ``removed`` are declared working again. Joint leave is known for decreed
    years only, see `decreed_years`; ``declared`` are years of which the agency says that the decree is out and
    its days are among ``added``. A day outside ``years`` is judged by its weekday alone.
    """
    covered = frozenset(years)
    weekdays = SIX_DAY_WEEK if six_day_week else FIVE_DAY_WEEK
    closed = (_closed_days(tuple(sorted(covered))) | added) - removed
    decreed = (decreed_years() | declared) & covered
    return WorkingCalendar(
        key or content_key(zone, weekdays, closed, decreed), zone, weekdays, closed, decreed
    )


@lru_cache(maxsize=1)
def decreed_years() -> frozenset[int]:
    """Years whose joint leave is known.

    Any other year counts too many working days until the decree of the three ministers is out.
    """
    return frozenset(day.year for day in _joint_leave())


def decreed_in(calendar: WorkingCalendar) -> frozenset[int]:
    """The years whose decree the calendar heeds, which is not what the present release knows of it.

    A calendar from before calendars said so heeds a decree if it has any of its days.
    """
    return _decreed_by_days(calendar) if calendar.decreed is None else calendar.decreed


@lru_cache(maxsize=64)
def _decreed_by_days(calendar: WorkingCalendar) -> frozenset[int]:
    return frozenset(day.year for day in _joint_leave() & calendar.closed)


@lru_cache(maxsize=1)
def _joint_leave() -> frozenset[dt.date]:
    years = range(FIRST_DAY.year, LAST_DAY.year + 1)
    return frozenset(holidays.country_holidays("ID", categories=("government",), years=years))


@lru_cache(maxsize=64)
def _closed_days(years: tuple[int, ...]) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("ID", categories=("public", "government"), years=years))
