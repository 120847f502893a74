from fractions import Fraction

import pytest
from pydantic import JsonValue

from content.rating.exact import LARGEST, exact, rounded_half_up, shown


@pytest.mark.parametrize(
    ("value", "number"),
    ((12, Fraction(12)), (0.1, Fraction(1, 10)), (89.995, Fraction(89995, 1000)), (1e-7, Fraction(1, 10**7))),
)
def test_a_number_is_taken_as_it_is_written(value: JsonValue, number: Fraction) -> None:
    assert exact(value) == number


@pytest.mark.parametrize(
    "value",
    (
        None,
        True,
        False,
        "12",
        [],
        {},
        float("nan"),
        float("inf"),
        -float("inf"),
        LARGEST + 1,
        10**400,
        -(10**400),
    ),
)
def test_everything_else_is_no_number(value: JsonValue) -> None:
    assert exact(value) is None


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    (
        ("89.995", 2, "90.00"),
        ("89.9949999", 2, "89.99"),
        ("1.005", 2, "1.01"),
        ("0.5", 0, "1"),
        ("2.5", 0, "3"),
        ("120", 2, "120.00"),
        ("0", 2, "0.00"),
    ),
)
def test_half_goes_up(value: str, decimals: int, text: str) -> None:
    assert str(rounded_half_up(Fraction(value), decimals)) == text


def test_a_working_shows_six_decimals() -> None:
    assert shown(Fraction(200, 3)) == 66.666667
