"""Several periods of a year, pro rata by their days (PP 30/2019 art 36)."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rating.periods import Period, weights

YEAR = dt.date(2027, 1, 1)


def period(first: str, last: str, predicate: str | None = "good", case: str = "a") -> Period:
    return Period(case, dt.date.fromisoformat(first), dt.date.fromisoformat(last), predicate)


def test_a_move_on_15_may_makes_two_periods_whose_weights_sum_to_one() -> None:
    shares = weights([period("2027-01-01", "2027-05-14"), period("2027-05-15", "2027-12-31")])
    assert shares == (Fraction(134, 365), Fraction(231, 365))
    assert sum(shares) == 1


def test_a_leap_year_has_one_day_more() -> None:
    shares = weights([period("2028-01-01", "2028-02-29"), period("2028-03-01", "2028-12-31")])
    assert shares == (Fraction(60, 366), Fraction(306, 366))


def test_a_single_period_weighs_everything() -> None:
    assert weights([period("2027-03-01", "2027-12-31")]) == (Fraction(1),)


def test_a_year_without_periods_has_no_weights() -> None:
    assert weights([]) == ()


def test_days_between_two_periods_weigh_nothing() -> None:
    """Three months of unpaid leave in between belong to no period."""
    shares = weights([period("2027-01-01", "2027-03-31"), period("2027-07-01", "2027-12-31")])
    assert shares == (Fraction(90, 274), Fraction(184, 274))


@pytest.mark.parametrize(
    ("first", "last", "months"),
    (
        ("2027-01-01", "2027-12-31", "12.0"),
        ("2027-01-01", "2027-05-14", "4.5"),
        ("2027-05-15", "2027-12-31", "7.5"),
        ("2027-02-01", "2027-02-28", "1.0"),
        ("2027-02-01", "2027-02-14", "0.5"),
        ("2027-06-30", "2027-06-30", "0.0"),
        ("2027-11-01", "2027-12-31", "2.0"),
        ("2027-12-16", "2028-01-15", "1.0"),
    ),
)
def test_months_are_shown_with_one_decimal(first: str, last: str, months: str) -> None:
    assert period(first, last).months == Decimal(months)


def test_a_period_of_one_day_has_one_day() -> None:
    assert period("2027-06-30", "2027-06-30").days == 1


@pytest.mark.parametrize(
    "periods",
    (
        [period("2027-01-01", "2027-05-15"), period("2027-05-15", "2027-12-31")],
        [period("2027-05-15", "2027-12-31"), period("2027-01-01", "2027-05-14")],
        [period("2027-01-01", "2027-12-31"), period("2027-03-01", "2027-03-31")],
    ),
)
def test_a_day_in_two_periods_is_refused(periods: list[Period]) -> None:
    with pytest.raises(ValueError, match="overlap"):
        weights(periods)


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before"):
        weights([period("2027-05-15", "2027-05-13")])


@given(st.sets(st.integers(1, 364), min_size=1, max_size=8))
def test_the_weights_of_any_cut_of_a_year_sum_to_exactly_one(cuts: set[int]) -> None:
    starts = [0, *sorted(cuts)]
    ends = [*(start - 1 for start in starts[1:]), 364]
    periods = [
        Period(str(start), YEAR + dt.timedelta(start), YEAR + dt.timedelta(end), None)
        for start, end in zip(starts, ends, strict=True)
    ]
    assert sum(weights(periods)) == 1
    assert sum(each.days for each in periods) == 365
