"""Credit points: months / 12 x share x coefficient (PermenPANRB 1/2023 art 37)."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.follow_up.credit_points import credit_points, level_of, points_of
from content.follow_up.facts import RatedPeriod, Settled
from content.follow_up.outcome import Code, CreditPoints
from content.rating.exact import rounded_half_up
from tests.schemes.filled import content_of

_RULES = content_of("nasional").follow_up.credit_points
assert _RULES is not None
RULES = _RULES
PREDICATES = ("very_good", "good", "needs_improvement", "poor", "very_poor")
POST = "Guru Ahli Pertama"


def period(
    first: str = "2026-01-01",
    last: str = "2026-12-31",
    predicate: str = "good",
    settled: Settled = Settled.FINAL,
) -> RatedPeriod:
    return RatedPeriod(dt.date.fromisoformat(first), dt.date.fromisoformat(last), predicate, settled)


def points(*periods: RatedPeriod, post: str = POST, functional: bool = True) -> CreditPoints:
    return credit_points(RULES, post, functional=functional, periods=periods)


def rounded(found: CreditPoints) -> str:
    assert found.points is not None
    return str(rounded_half_up(found.points, found.decimals))


def test_a_full_year_of_very_good_as_ahli_pertama_is_18_75() -> None:
    assert rounded(points(period(predicate="very_good"))) == "18.75"


def test_two_months_of_good_as_ahli_pertama_are_shown_as_2_08() -> None:
    found = points(period("2026-11-01", "2026-12-31"))
    assert (found.points, rounded(found)) == (Fraction(25, 12), "2.08")


@pytest.mark.parametrize(("predicate", "share"), list(zip(PREDICATES, (150, 100, 75, 50, 25), strict=True)))
def test_each_predicate_has_its_share(predicate: str, share: int) -> None:
    assert points(period(predicate=predicate)).points == Fraction(share, 100) * Fraction("12.5")


@pytest.mark.parametrize(
    ("post", "a_year"),
    (
        ("Perawat Pemula", "3.75"),
        ("Perawat Terampil", "5"),
        ("Perawat Mahir", "12.5"),
        ("Perawat Penyelia", "25"),
        ("Dokter Ahli Pertama", "12.5"),
        ("Dokter Ahli Muda", "25"),
        ("Dokter Ahli Madya", "37.5"),
        ("Dokter Ahli Utama", "50"),
        ("Pranata Komputer Pelaksana Lanjutan", "12.5"),
        ("Pranata Komputer Pelaksana", "5"),
    ),
)
def test_each_level_has_its_coefficient(post: str, a_year: str) -> None:
    assert points(period(), post=post).points == Fraction(a_year)


def test_other_posts_have_none_and_are_told_so() -> None:
    found = points(period(), functional=False)
    assert (found.met, found.points, found.reasons[0].code) == (False, None, Code.NOT_FUNCTIONAL)


def test_a_post_without_a_level_has_none() -> None:
    found = points(period(), post="Guru")
    assert (found.points, found.reasons[0].code) == (None, Code.NO_LEVEL)


def test_parts_of_words_are_no_level() -> None:
    assert level_of(RULES, "Penyuluh Kepemudaan") is None


def test_before_a_result_none_are_given() -> None:
    found = points()
    assert (found.met, found.points, found.reasons[0].code) == (False, None, Code.NO_RESULT)


def test_of_a_result_under_objection_they_are_computed_and_not_given_yet() -> None:
    found = points(period(settled=Settled.UNDER_OBJECTION))
    assert (found.points, found.met) == (Fraction("12.5"), False)
    assert [each.code for each in found.reasons] == [Code.COMPUTED, Code.UNDER_OBJECTION]


@pytest.mark.parametrize(
    ("first", "last", "months"),
    (
        ("2026-01-01", "2026-12-31", 12),
        ("2026-01-01", "2026-05-15", 4),
        ("2026-05-16", "2026-12-31", 7),
        ("2026-01-01", "2026-01-31", 1),
        ("2026-01-02", "2026-01-31", 0),
        ("2026-02-01", "2026-02-28", 1),
        ("2026-12-31", "2026-12-31", 0),
    ),
)
def test_only_whole_months_count(first: str, last: str, months: int) -> None:
    assert period(first, last).months == months


def test_each_period_counts_by_its_own_predicate_and_the_sum_is_rounded_once() -> None:
    found = points(period("2026-01-01", "2026-01-31"), period("2026-02-01", "2026-12-31", "very_good"))
    assert found.points == Fraction("12.5") / 12 + Fraction("12.5") * 11 * Fraction(3, 2) / 12
    assert rounded(found) == "18.23"


@given(st.sampled_from(RULES.levels), st.sampled_from(PREDICATES), st.integers(0, 12))
def test_months_add_up_to_the_year_without_loss(level: object, predicate: str, months: int) -> None:
    chosen = next(each for each in RULES.levels if each == level)
    parts = points_of(RULES, chosen, predicate, months), points_of(RULES, chosen, predicate, 12 - months)
    whole = points_of(RULES, chosen, predicate, 12)
    assert None not in parts
    assert sum(each for each in parts if each is not None) == whole


@given(st.integers(0, 11), st.sampled_from(PREDICATES))
def test_a_longer_time_and_a_better_predicate_never_give_less(months: int, predicate: str) -> None:
    (level,) = (each for each in RULES.levels if each.name == "ahli_muda")
    found = [points_of(RULES, level, predicate, each) or Fraction(0) for each in (months, months + 1)]
    best = points_of(RULES, level, "very_good", months) or Fraction(0)
    assert found[0] < found[1]
    assert found[0] <= best


@given(st.fractions(0, 100))
def test_half_a_hundredth_goes_up(value: Fraction) -> None:
    assert abs(Fraction(rounded_half_up(value, 2)) - value) <= Fraction(Decimal("0.005"))
