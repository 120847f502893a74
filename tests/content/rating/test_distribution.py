"""The five levels of SE MenPANRB 3/2023, written here by hand, on units of all sizes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rating.distribution import Distribution, Verdict, distribution
from content.rating.rules import DistributionRules
from tests.content.rating.builders import PREDICATES

BP_OR_POOR = ["needs_improvement", "poor"]
FIVE_LEVELS: dict[str, list[dict[str, Any]]] = {
    "exceptional": [{"predicates": ["very_good"], "largest": True, "at_most": 70}],
    "good": [
        {"predicates": ["good"], "largest": True, "at_most": 70},
        {"predicates": BP_OR_POOR, "some": True},
    ],
    "needs_improvement": [
        {"predicates": ["very_good"], "at_most": 10},
        {"predicates": ["needs_improvement"], "at_least": 60},
    ],
    "poor": [
        {"predicates": ["very_good"], "at_most": 10},
        {"predicates": ["needs_improvement"], "at_least": 10},
        {"predicates": ["poor"], "at_least": 60},
    ],
    "very_poor": [
        {"predicates": ["very_good"], "at_most": 0},
        {"predicates": BP_OR_POOR, "at_least": 10},
        {"predicates": ["very_poor"], "at_least": 60},
    ],
}
RULES = DistributionRules.model_validate(
    {"article": "SE MenPANRB 3/2023", "levels": "organisation", "expected": FIVE_LEVELS}
)
MET, NOT_MET, TOO_SMALL = Verdict.MET, Verdict.NOT_MET, Verdict.TOO_SMALL

Counts = tuple[int, int, int, int, int]
"""People with very good, good, needs improvement, poor, very poor."""


def picture(level: str | None, counts: Counts, rules: DistributionRules = RULES) -> Distribution:
    given = [name for name, people in zip(PREDICATES.names, counts, strict=True) for _ in range(people)]
    return distribution(rules, PREDICATES, level, given)


def verdicts(level: str, counts: Counts) -> list[Verdict]:
    return [each.verdict for each in picture(level, counts).limits]


@pytest.mark.parametrize(
    ("level", "counts", "expected"),
    (
        ("exceptional", (70, 30, 0, 0, 0), [MET]),
        ("exceptional", (71, 29, 0, 0, 0), [NOT_MET]),
        ("exceptional", (40, 50, 10, 0, 0), [NOT_MET]),
        ("exceptional", (45, 45, 10, 0, 0), [MET]),
        ("good", (20, 70, 10, 0, 0), [MET, MET]),
        ("good", (19, 71, 10, 0, 0), [NOT_MET, MET]),
        ("good", (20, 70, 0, 10, 0), [MET, MET]),
        ("good", (30, 70, 0, 0, 0), [MET, NOT_MET]),
        ("good", (30, 60, 0, 0, 10), [MET, NOT_MET]),
        ("good", (60, 40, 0, 0, 0), [NOT_MET, NOT_MET]),
        ("needs_improvement", (10, 30, 60, 0, 0), [MET, MET]),
        ("needs_improvement", (11, 29, 60, 0, 0), [NOT_MET, MET]),
        ("needs_improvement", (10, 31, 59, 0, 0), [MET, NOT_MET]),
        ("poor", (10, 20, 10, 60, 0), [MET, MET, MET]),
        ("poor", (11, 19, 10, 60, 0), [NOT_MET, MET, MET]),
        ("poor", (10, 21, 9, 60, 0), [MET, NOT_MET, MET]),
        ("poor", (10, 20, 11, 59, 0), [MET, MET, NOT_MET]),
        ("very_poor", (0, 30, 5, 5, 60), [MET, MET, MET]),
        ("very_poor", (1, 29, 5, 5, 60), [NOT_MET, MET, MET]),
        ("very_poor", (0, 31, 5, 4, 60), [MET, NOT_MET, MET]),
        ("very_poor", (0, 31, 10, 0, 59), [MET, MET, NOT_MET]),
    ),
)
def test_each_limit_of_each_level_at_its_edge(level: str, counts: Counts, expected: list[Verdict]) -> None:
    assert verdicts(level, counts) == expected


@pytest.mark.parametrize("level", FIVE_LEVELS)
def test_a_unit_of_four_is_shown_what_it_has_and_warned_of_nothing(level: str) -> None:
    found = picture(level, (1, 1, 1, 1, 0))
    assert found.warnings == ()
    assert len(found.limits) == len(FIVE_LEVELS[level])
    assert NOT_MET not in [each.verdict for each in found.limits]


def test_a_small_unit_that_meets_a_limit_is_told_so() -> None:
    assert verdicts("good", (1, 2, 1, 0, 0)) == [MET, MET]
    assert verdicts("good", (0, 4, 0, 0, 0)) == [TOO_SMALL, TOO_SMALL]


def test_ten_people_are_enough_for_a_warning_and_nine_are_not() -> None:
    assert verdicts("exceptional", (8, 2, 0, 0, 0)) == [NOT_MET]
    assert verdicts("exceptional", (8, 1, 0, 0, 0)) == [TOO_SMALL]


def test_a_scheme_says_from_how_many_people_on_it_warns() -> None:
    rules = RULES.model_copy(update={"smallest_unit": 4})
    assert [each.verdict for each in picture("good", (0, 4, 0, 0, 0), rules).limits] == [NOT_MET, NOT_MET]


def test_a_unit_in_which_nobody_is_rated_yet_is_warned_of_nothing() -> None:
    found = picture("good", (0, 0, 0, 0, 0))
    assert (found.people, found.warnings) == (0, ())
    assert [share.percent for share in found.shares] == [0, 0, 0, 0, 0]


def test_without_the_predicate_of_the_organisation_nothing_is_expected() -> None:
    found = picture(None, (10, 0, 0, 0, 0))
    assert (found.limits, found.warnings) == ((), ())
    assert found.people == 10


def test_a_scheme_without_rules_of_distribution_counts_and_expects_nothing() -> None:
    found = distribution(None, PREDICATES, "good", ["good", "poor"])
    assert (found.people, found.limits) == (2, ())


def test_a_level_of_which_the_scheme_says_nothing_expects_nothing() -> None:
    assert verdicts("unheard_of", (10, 0, 0, 0, 0)) == []


def test_the_picture_counts_every_predicate_the_best_first() -> None:
    shares = picture("good", (3, 5, 1, 0, 0)).shares
    assert [(share.predicate, share.people) for share in shares] == [
        ("very_good", 3),
        ("good", 5),
        ("needs_improvement", 1),
        ("poor", 0),
        ("very_poor", 0),
    ]
    assert shares[0].percent == 33.333333


def test_a_warning_says_how_many_people_are_meant() -> None:
    (warning,) = picture("exceptional", (15, 5, 0, 0, 0)).warnings
    assert (warning.people, warning.percent, warning.limit.at_most) == (15, 75.0, 70)


def test_a_third_of_the_people_meets_a_third() -> None:
    third = {"predicates": ["good"], "at_most": 33.4, "at_least": 33.3}
    rules = DistributionRules.model_validate({"article": "x 1", "levels": "l", "expected": {"good": [third]}})
    assert [each.verdict for each in picture("good", (20, 10, 0, 0, 0), rules).limits] == [MET]


def test_the_status_of_art_41_warns_where_it_cannot_be_met_by_whole_people() -> None:
    """At most 20 % above, 60 to 70 % as expected: of 11 people, 2, 7 and 2 meet it."""
    limits = [
        {"predicates": ["very_good"], "at_most": 20},
        {"predicates": ["good"], "at_least": 60, "at_most": 70},
        {"predicates": BP_OR_POOR, "at_most": 20},
    ]
    rules = DistributionRules.model_validate(
        {"article": "PP 30/2019 art 41(8)", "levels": "l", "expected": {"good": limits}}
    )
    assert picture("good", (2, 7, 2, 0, 0), rules).warnings == ()
    assert len(picture("good", (3, 6, 2, 0, 0), rules).warnings) == 2
    assert picture("good", (1, 2, 1, 0, 0), rules).warnings == ()


def test_a_predicate_that_the_scale_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="superb"):
        distribution(RULES, PREDICATES, "good", ["superb"])


@given(st.sampled_from(tuple(FIVE_LEVELS)), st.lists(st.sampled_from(PREDICATES.names), max_size=60))
def test_a_picture_never_changes_anybodys_predicate(level: str, predicates: list[str]) -> None:
    before = list(predicates)
    found = distribution(RULES, PREDICATES, level, predicates)
    assert predicates == before
    assert {share.predicate: share.people for share in found.shares} == {
        name: before.count(name) for name in PREDICATES.names
    }
    assert sum(share.people for share in found.shares) == found.people == len(before)
