"""What a member's file carries of his teams."""

import datetime as dt
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.teams.carrying import Carried, days_within, number_of

BEGINS, ENDS = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
memberships = st.builds(
    Carried,
    st.integers(min_value=0, max_value=366),
    st.none() | st.sampled_from((50.0, 80.0, 100.0, 115.0, 99.9)),
)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    (
        ("2026-01-01", "2026-12-31", 365),
        ("2026-03-01", "2026-03-01", 1),
        ("2025-12-01", "2026-01-02", 2),
        ("2026-12-31", "2027-06-30", 1),
        ("2025-01-01", "2025-12-31", 0),
        ("2026-03-01", "2026-02-28", 0),
    ),
)
def test_days_within_a_period_count_both_ends(first: str, last: str, days: int) -> None:
    assert days_within(dt.date.fromisoformat(first), dt.date.fromisoformat(last), BEGINS, ENDS) == days


def test_the_number_is_the_mean_weighed_by_days() -> None:
    assert number_of([Carried(90, 115), Carried(275, 80)]) == Fraction(90 * 115 + 275 * 80, 365)


def test_a_team_without_a_result_does_not_count_as_zero() -> None:
    assert number_of([Carried(300, None), Carried(65, 100)]) == 100


@pytest.mark.parametrize("absent", ([], [Carried(0, 100)], [Carried(365, None)]))
def test_without_a_day_in_a_team_with_a_result_there_is_no_number(absent: list[Carried]) -> None:
    assert number_of(absent) is None


@given(st.lists(memberships, max_size=6))
def test_the_number_lies_between_the_results(several: list[Carried]) -> None:
    number = number_of(several)
    counted = [each.number for each in several if each.number is not None and each.days]
    assert (number is None) is (not counted)
    if number is not None:
        assert Fraction(str(min(counted))) <= number <= Fraction(str(max(counted)))


@given(st.lists(memberships, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_teams_does_not_matter(several: list[Carried], random: Random) -> None:
    shuffled = sorted(several, key=lambda _each: random.random())
    assert number_of(shuffled) == number_of(several)
