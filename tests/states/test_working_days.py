"""What an agency may decide about its working days."""

import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from states.working_days import NATIONAL_DAYS, WorkingDays

MONDAY = dt.date(2027, 3, 1)
SATURDAY = dt.date(2027, 3, 6)
SUNDAY = dt.date(2027, 3, 7)


def refused(**fields: Any) -> list[tuple[tuple[int | str, ...], str]]:
    with pytest.raises(ValidationError) as error:
        WorkingDays(**fields)
    return [(detail["loc"], detail["type"]) for detail in error.value.errors()]


def test_an_agency_that_decides_nothing_has_the_national_days() -> None:
    assert WorkingDays() == NATIONAL_DAYS
    assert NATIONAL_DAYS.model_dump(mode="json", exclude_defaults=True) == {}


def test_what_was_stored_is_read_back() -> None:
    own = WorkingDays(week="six_day", closed=(MONDAY,), working=(SATURDAY,), source="SK Bupati 1/2027")
    stored = own.model_dump(mode="json", exclude_defaults=True)
    assert stored["closed"] == ["2027-03-01"]
    assert WorkingDays.model_validate(stored, strict=False) == own


def test_a_day_in_both_lists_is_refused_where_it_is_declared_working() -> None:
    assert refused(closed=(MONDAY,), working=(dt.date(2027, 3, 2), MONDAY)) == [
        (("working", 1), "day_closed_and_working")
    ]


@pytest.mark.parametrize(("week", "day"), (("five_day", SATURDAY), ("five_day", SUNDAY), ("six_day", SUNDAY)))
def test_a_weekday_that_is_never_worked_cannot_be_declared_working(week: str, day: dt.date) -> None:
    assert refused(week=week, working=(day,)) == [(("working", 0), "day_outside_week")]


def test_a_saturday_of_the_six_day_week_may_be_declared_working() -> None:
    assert WorkingDays(week="six_day", working=(SATURDAY,)).working == (SATURDAY,)


@pytest.mark.parametrize(
    ("fields", "place"),
    (
        ({"week": "four_day"}, ("week",)),
        ({"holidays": []}, ("holidays",)),
        ({"closed": (20270301,)}, ("closed", 0)),
        ({"source": "a\0b"}, ("source",)),
        ({"source": "x" * 301}, ("source",)),
    ),
)
def test_anything_else_is_refused_at_its_place(fields: dict[str, Any], place: tuple[int | str, ...]) -> None:
    assert [where for where, _ in refused(**fields)] == [place]


def test_days_that_no_calendar_of_the_years_heeds_are_found_in_both_lists() -> None:
    own = WorkingDays(closed=(MONDAY, dt.date(2072, 3, 1)), working=(dt.date(2021, 5, 12),))
    assert list(own.days_outside(range(2026, 2030))) == [
        ("closed", 1, dt.date(2072, 3, 1)),
        ("working", 0, dt.date(2021, 5, 12)),
    ]


def test_a_decree_is_stated_with_its_source() -> None:
    own = WorkingDays(source="SKB 3 Menteri 2040", decreed=(2040,))
    stored = own.model_dump(mode="json", exclude_defaults=True)
    assert WorkingDays.model_validate(stored, strict=False) == own


def test_a_decree_without_its_source_is_refused_at_the_year() -> None:
    assert refused(decreed=(2039, 2040)) == [
        (("decreed", 0), "decree_without_source"),
        (("decreed", 1), "decree_without_source"),
    ]


def test_a_decreed_year_that_no_calendar_of_the_years_heeds_is_found() -> None:
    own = WorkingDays(source="SKB 3 Menteri 2040", decreed=(2027, 2040))
    assert list(own.days_outside(range(2026, 2030))) == [("decreed", 1, 2040)]
