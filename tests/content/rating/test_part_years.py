"""Three ways, chosen by the scheme, from the predicates of several periods to one of the year."""

import datetime as dt
from typing import Literal

import pytest

from content.rating.part_years import YearPredicate, year_predicate
from content.rating.periods import Period
from tests.content.rating.builders import MATRIX, PREDICATES, rules_of

Way = Literal["present_rater", "months", "longest"]


def of_year(way: Way, *parts: tuple[str, str | None]) -> YearPredicate:
    """The year of parts that each begin on a day and last to the next, the last one to the end of the year."""
    starts = [dt.date.fromisoformat(f"2027-{start}") for start, _ in parts]
    ends = [*(start - dt.timedelta(1) for start in starts[1:]), dt.date(2027, 12, 31)][: len(starts)]
    periods = [
        Period(f"p{place}", first, last, predicate)
        for place, (first, last, (_, predicate)) in enumerate(zip(starts, ends, parts, strict=True), 1)
    ]
    rating = rules_of(MATRIX, part_years=way).rating
    assert rating is not None
    return year_predicate(rating, PREDICATES, periods)


def names(found: YearPredicate) -> list[str]:
    return [step.name for step in found.working]


def test_the_present_rater_sets_the_year_and_the_earlier_period_is_listed_not_averaged() -> None:
    found = of_year("present_rater", ("01-01", "very_poor"), ("12-01", "very_good"))
    assert found.predicate == "very_good"
    assert [(each.case, each.predicate) for each in found.earlier] == [("p1", "very_poor")]
    assert names(found) == ["period", "period", "present_period"]


def test_without_the_present_raters_rating_an_earlier_one_does_not_stand_in() -> None:
    assert of_year("present_rater", ("01-01", "good"), ("05-15", None)).predicate is None


def test_the_default_of_a_scheme_is_the_present_rater() -> None:
    rating = rules_of(MATRIX).rating
    assert rating is not None
    assert rating.part_years == "present_rater"


def test_months_weigh_the_numbers_of_the_predicates() -> None:
    """134 days of 5 and 231 days of 3 are 3.734, nearest to 4."""
    found = of_year("months", ("01-01", "very_good"), ("05-15", "needs_improvement"))
    assert found.predicate == "good"
    combined = found.working[-1]
    assert combined.name == "combined_periods"
    assert combined.numbers == {"p1": 5.0, "p2": 3.0, "mean": 3.734247, "nearest": 4.0}


def test_the_working_shows_days_months_and_weight_of_each_period() -> None:
    first = of_year("months", ("01-01", "very_good"), ("05-15", "good")).working[0]
    assert first.numbers == {"period": "p1", "days": 134.0, "months": 4.5, "weight": 36.712329}
    assert (first.result, first.article) == ("very_good", "PP 30/2019 art 36")


def test_exactly_between_two_predicates_the_better_one_is_taken() -> None:
    """2027-01-01 to 06-30 are 181 days, 07-01 to 12-28 as many: halves of 5 and 4 are 4.5."""
    rating = rules_of(MATRIX, part_years="months").rating
    assert rating is not None
    halves = [
        Period("p1", dt.date(2027, 1, 1), dt.date(2027, 6, 30), "very_good"),
        Period("p2", dt.date(2027, 7, 1), dt.date(2027, 12, 28), "good"),
    ]
    assert year_predicate(rating, PREDICATES, halves).predicate == "very_good"


def test_a_period_without_a_predicate_is_named_and_is_not_the_worst() -> None:
    found = of_year("months", ("01-01", None), ("05-15", "very_good"))
    assert found.predicate == "very_good"
    assert [step.numbers for step in found.working if step.name == "absent"] == [{"period": "p1"}]


@pytest.mark.parametrize(
    ("parts", "predicate"),
    (
        ((("01-01", "good"), ("05-15", "poor")), "poor"),
        ((("01-01", "good"), ("09-01", "poor")), "good"),
        ((("01-01", "good"), ("05-01", "poor"), ("07-01", "very_good")), "very_good"),
        ((("01-01", "good"), ("05-15", None)), "good"),
    ),
)
def test_the_longest_rated_period_decides(parts: tuple[tuple[str, str | None], ...], predicate: str) -> None:
    assert of_year("longest", *parts).predicate == predicate


def test_of_two_longest_periods_the_later_one_decides() -> None:
    rating = rules_of(MATRIX, part_years="longest").rating
    assert rating is not None
    halves = [
        Period("p1", dt.date(2027, 1, 1), dt.date(2027, 6, 30), "very_good"),
        Period("p2", dt.date(2027, 7, 1), dt.date(2027, 12, 28), "poor"),
    ]
    assert year_predicate(rating, PREDICATES, halves).predicate == "poor"


@pytest.mark.parametrize("way", ("present_rater", "months", "longest"))
def test_a_year_without_any_rating_has_no_predicate(way: Way) -> None:
    """Somebody died in June: his period is closed with its reason, and nothing is made up."""
    assert of_year(way, ("01-01", None)).predicate is None
    assert of_year(way).predicate is None


@pytest.mark.parametrize("way", ("present_rater", "months", "longest"))
def test_a_whole_year_under_one_rater_is_what_he_rated(way: Way) -> None:
    found = of_year(way, ("01-01", "good"))
    assert (found.predicate, found.earlier) == ("good", ())
