"""On which side of what is expected a rating lies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.rating.rules import NumericMethod
from content.rating.standing import number_standing, step_standing
from content.scales import Scale
from tests.content.rating.builders import NUMERIC, PREDICATES, scale

BANDS = NumericMethod.model_validate(NUMERIC).bands


def signs(names: tuple[str, ...]) -> list[int]:
    of = Scale.model_validate(scale(*names))
    return [(standing > 0) - (standing < 0) for standing in (step_standing(of, name) for name in names)]


def test_the_middle_step_is_what_is_expected() -> None:
    assert signs(("above", "meets", "below")) == [1, 0, -1]
    assert signs(PREDICATES.names) == [1, 1, 0, -1, -1]


def test_a_scale_with_an_even_number_of_steps_has_no_middle() -> None:
    assert signs(("a", "b", "c", "d")) == [1, 1, -1, -1]


@pytest.mark.parametrize("index", range(4))
def test_a_better_step_stands_higher(index: int) -> None:
    names = PREDICATES.names
    assert step_standing(PREDICATES, names[index]) > step_standing(PREDICATES, names[index + 1])


def test_a_step_of_another_scale_has_no_standing() -> None:
    with pytest.raises(ValueError, match="not in tuple"):
        step_standing(PREDICATES, "above")


@pytest.mark.parametrize(
    ("number", "sign"), ((120, 1), (110, 1), (109.99, 0), (100, 0), (90, 0), (89.99, -1), (0, -1), (-5, -1))
)
def test_a_number_is_as_expected_in_the_band_of_a_target_that_is_met(number: float, sign: int) -> None:
    standing = number_standing(BANDS, number)
    assert (standing > 0) - (standing < 0) == sign


@given(st.floats(0, 130), st.floats(0, 130))
def test_a_higher_number_never_stands_lower(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert number_standing(BANDS, low) <= number_standing(BANDS, high)
