"""Due days that may still move until the holidays of a year are decreed."""

import datetime as dt
from typing import Any

import pytest

from states.calendar import WorkingCalendar
from states.national import national_calendar
from states.provisional import provisional_years
from states.rules import Counting, DeadlineRule, Unit, YearlyDate

DECREED, WITHOUT = 2026, 2027
CALENDAR = national_calendar([2026, 2027, 2028])
FIRST = WorkingCalendar(
    "first", "Asia/Jakarta", CALENDAR.working_weekdays, CALENDAR.closed, frozenset({DECREED})
)
"""A calendar in which 2026 is decreed, and the years after it are not."""
KEPT = Counting()
SHIFTED = Counting(on_holiday="next_working_day")


def rule(unit: Unit, **fields: Any) -> DeadlineRule:
    return DeadlineRule(
        rule="aturan",
        unit=unit,
        article="PP 30/2019",
        statutory=True,
        ladder="employee",
        on_lapse="wait",
        **fields,
    )


WORKING_DAYS = rule(Unit.WORKING_DAYS, length=7)
DAYS = rule(Unit.CALENDAR_DAYS, length=14)
JANUARY = rule(Unit.FIXED_DATE, date=YearlyDate(month=1, day=31), minimum_working_days=3)


def years(
    rule: DeadlineRule, start: tuple[int, int, int], due: tuple[int, int, int], counting: Counting = KEPT
) -> tuple[int, ...]:
    return provisional_years(rule, dt.date(*start), dt.date(*due), counting, FIRST)


def test_working_days_within_a_decreed_year_are_certain() -> None:
    assert years(WORKING_DAYS, (2026, 12, 14), (2026, 12, 23)) == ()


def test_working_days_that_reach_into_a_year_without_a_decree_are_provisional() -> None:
    assert years(WORKING_DAYS, (2026, 12, 28), (2027, 1, 7)) == (WITHOUT,)


def test_working_days_through_two_years_without_a_decree_name_both() -> None:
    assert years(WORKING_DAYS, (2027, 12, 28), (2028, 1, 7)) == (2027, 2028)


def test_calendar_days_rest_on_no_decree() -> None:
    assert years(DAYS, (2026, 12, 28), (2027, 1, 11)) == ()


def test_calendar_days_that_the_scheme_moves_to_a_working_day_are_provisional() -> None:
    assert years(DAYS, (2026, 12, 28), (2027, 1, 11), SHIFTED) == (WITHOUT,)


def test_a_date_of_the_law_is_certain_as_long_as_its_least_working_days_do_not_move_it() -> None:
    assert years(JANUARY, (2027, 1, 4), (2027, 1, 31)) == ()


def test_a_date_that_its_least_working_days_have_moved_is_provisional() -> None:
    assert years(JANUARY, (2027, 1, 29), (2027, 2, 3)) == (WITHOUT,)


@pytest.mark.parametrize(("decreed", "provisional"), (([2026], (WITHOUT,)), ([2026, 2027], ())))
def test_the_calendar_of_the_case_decides_not_the_release(
    decreed: list[int], provisional: tuple[int, ...]
) -> None:
    calendar = WorkingCalendar.from_data({**FIRST.to_data(), "decreed": decreed})
    found = provisional_years(WORKING_DAYS, dt.date(2026, 12, 28), dt.date(2027, 1, 7), KEPT, calendar)
    assert found == provisional
