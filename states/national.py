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


def national_calendar(
    years: Iterable[int] = range(2024, 2032),
    zone: str = "Asia/Jakarta",
    six_day_week: bool = False,
    added: frozenset[dt.date] = _NO_DAYS,
    removed: frozenset[dt.date] = _NO_DAYS,
    key: str | None = None,
) -> WorkingCalendar:
    """National holidays and joint leave of ``years``, with an agency's own days.

    ``added`` are closed as well, ``removed`` are working days again. Joint leave is known for decreed
    years only: see `decreed_years`. A day outside ``years`` is judged by its weekday alone.
    """
    weekdays = SIX_DAY_WEEK if six_day_week else FIVE_DAY_WEEK
    closed = (_closed_days(tuple(sorted(set(years)))) | added) - removed
    return WorkingCalendar(key or content_key(zone, weekdays, closed), zone, weekdays, closed)


@lru_cache(maxsize=1)
def decreed_years() -> frozenset[int]:
    """Years whose joint leave is known.

    Any other year counts too many working days until the decree of the three ministers is out.
    """
    joint_leave = holidays.country_holidays(
        "ID", categories=("government",), years=range(FIRST_DAY.year, LAST_DAY.year + 1)
    )
    return frozenset(day.year for day in joint_leave)


@lru_cache(maxsize=64)
def _closed_days(years: tuple[int, ...]) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("ID", categories=("public", "government"), years=years))
