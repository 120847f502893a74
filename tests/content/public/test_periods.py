"""The periods by which answers are shown."""

import datetime as dt

import pytest

from content.public.periods import Kind, period_of, shown_since


@pytest.mark.parametrize(
    ("kind", "name", "begins", "ends"),
    (
        ("month", "2026-02", (2026, 2, 1), (2026, 2, 28)),
        ("quarter", "2026-Q1", (2026, 1, 1), (2026, 3, 31)),
        ("half_year", "2026-H1", (2026, 1, 1), (2026, 6, 30)),
        ("year", "2026", (2026, 1, 1), (2026, 12, 31)),
    ),
)
def test_a_day_lies_in_its_period(
    kind: Kind, name: str, begins: tuple[int, int, int], ends: tuple[int, int, int]
) -> None:
    period = period_of(kind, dt.date(2026, 2, 14))
    assert (period.name, period.begins, period.ends) == (name, dt.date(*begins), dt.date(*ends))


def test_the_last_period_of_a_year_ends_with_it() -> None:
    assert period_of("month", dt.date(2026, 12, 31)).ends == dt.date(2026, 12, 31)
    assert period_of("half_year", dt.date(2026, 7, 1)).name == "2026-H2"


def test_three_years_are_shown() -> None:
    assert shown_since(dt.date(2026, 11, 29)) == dt.date(2024, 1, 1)
