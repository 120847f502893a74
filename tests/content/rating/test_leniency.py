"""How a rater rates beside the unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rating.leniency import Leniency, leniency
from content.scales import Scale
from tests.content.rating.builders import PREDICATES, SCALES


def picture(**by_rater: list[str]) -> Leniency:
    return leniency(PREDICATES, [(rater, step) for rater, steps in by_rater.items() for step in steps])


def test_a_rater_has_a_mean_beside_that_of_the_unit() -> None:
    """Numbers 5, 5, 5 of one and 3, 4, 2 of the other: means 5 and 3, of all 4."""
    found = picture(mild=["very_good"] * 3, strict=["needs_improvement", "good", "poor"])
    assert found.unit.mean == 4.0
    assert [(each.rater, each.group.mean, each.difference) for each in found.raters] == [
        ("mild", 5.0, 1.0),
        ("strict", 3.0, -1.0),
    ]


def test_a_rater_of_two_people_has_a_distribution_and_no_mean() -> None:
    found = picture(few=["very_good", "good"], many=["good"] * 3)
    few = found.raters[0]
    assert (few.group.people, few.group.mean, few.difference) == (2, None, None)
    assert few.group.counts["very_good"] == 1


def test_a_unit_of_two_people_has_no_mean() -> None:
    assert picture(few=["very_good", "good"]).unit.mean is None


def test_the_unit_has_a_mean_of_raters_who_have_none() -> None:
    found = picture(a=["very_good", "good"], b=["good", "poor"])
    assert found.unit.mean == 3.75
    assert [each.difference for each in found.raters] == [None, None]


def test_counts_name_every_step_the_best_first() -> None:
    found = picture(a=["good", "good", "poor"])
    assert list(found.raters[0].group.counts.items()) == [
        ("very_good", 0),
        ("good", 2),
        ("needs_improvement", 0),
        ("poor", 1),
        ("very_poor", 0),
    ]


def test_the_order_of_raters_says_nothing_of_how_they_rate() -> None:
    found = picture(c=["very_poor"] * 3, a=["good"] * 3, b=["very_good"] * 3)
    assert [each.rater for each in found.raters] == ["a", "b", "c"]


def test_steps_without_numbers_count_by_their_rank() -> None:
    """Above counts 3, meets 2 and below 1, though the code of above in the exchange is 1."""
    scale = Scale.model_validate(SCALES["expectation"])
    found = leniency(scale, [("a", "above"), ("a", "above"), ("a", "below")])
    assert found.unit.mean == 2.333333


def test_a_unit_without_ratings_is_an_empty_picture() -> None:
    found = picture()
    assert (found.unit.people, found.unit.mean, found.raters) == (0, None, ())


def test_a_step_that_the_scale_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="superb"):
        picture(a=["superb"])


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(PREDICATES.names)), max_size=40))
def test_the_raters_together_are_the_unit(pairs: list[tuple[str, str]]) -> None:
    found = leniency(PREDICATES, pairs)
    assert found.unit.people == sum(each.group.people for each in found.raters) == len(pairs)
    for each in (found.unit, *(rater.group for rater in found.raters)):
        assert (each.mean is None) == (each.people < 3)
    balance = sum((each.difference or 0) * each.group.people for each in found.raters)
    if all(each.difference is not None for each in found.raters):
        assert balance == pytest.approx(0, abs=1e-3)
