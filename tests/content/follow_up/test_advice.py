"""Which trainings are recommended to whom, and why others are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.follow_up.advice import WhyNot, advice
from tests.fixtures.skills import CLERK, SKILLED


def advised(post: str, *weaknesses: str) -> list[tuple[str, tuple[str, ...], WhyNot | None]]:
    return [(each.training.name, each.helps, each.why_not) for each in advice(SKILLED, post, weaknesses)]


def test_what_helps_with_a_weakness_of_the_post_stands_first() -> None:
    assert advised(CLERK, "filing") == [
        ("archives", ("filing",), None),
        ("general", (), WhyNot.OTHER_WEAKNESSES),
        ("wards", (), WhyNot.OTHER_WEAKNESSES),
        ("talks", (), WhyNot.OTHER_WEAKNESSES),
    ]


@pytest.mark.parametrize(
    ("post", "recommended"), ((CLERK, ["talks"]), ("Perawat", ["wards", "talks"]), ("", ["talks"]))
)
def test_a_training_for_other_jobs_is_not_recommended(post: str, recommended: list[str]) -> None:
    found = advised(post, "speaking")
    assert [name for name, _helps, why_not in found if why_not is None] == recommended
    others = [name for name, _helps, why_not in found if why_not is WhyNot.OTHER_FAMILIES]
    assert others == ([] if "wards" in recommended else ["wards"])


def test_without_a_weakness_nothing_is_recommended() -> None:
    assert {why_not for _name, _helps, why_not in advised(CLERK)} == {WhyNot.NOTHING_WEAK}


@given(st.sampled_from([CLERK, "Perawat", ""]), st.sets(st.sampled_from(["speaking", "filing", "nursing"])))
def test_each_training_of_the_scheme_is_there_once_with_a_reason(post: str, weaknesses: set[str]) -> None:
    found = advice(SKILLED, post, weaknesses)
    assert sorted(each.training.name for each in found) == ["archives", "general", "talks", "wards"]
    for each in found:
        assert set(each.helps) <= weaknesses
        assert each.recommended is (each.why_not is None)
        assert each.recommended <= bool(each.helps)
