import math
from typing import Any

import pytest

from content.forms.mistakes import Reason
from tests.content.forms.findings import found_in, kept_in
from tests.content.forms.schemes import field

WEIGHT = field("number", "weight", at_least=1, at_most=100)
RATE = field("number", "rate", decimals=2)


@pytest.mark.parametrize(
    ("value", "reasons"),
    (
        (1, []),
        (100, []),
        (100.0, []),
        (0, [Reason.TOO_SMALL]),
        (101, [Reason.TOO_LARGE]),
        (99.5, [Reason.TOO_PRECISE]),
        (100.5, [Reason.TOO_LARGE, Reason.TOO_PRECISE]),
        (None, [Reason.MISSING]),
        ("", [Reason.MISSING]),
        ("12", [Reason.WRONG_TYPE]),
        (True, [Reason.WRONG_TYPE]),
        (False, [Reason.WRONG_TYPE]),
        (math.nan, [Reason.WRONG_TYPE]),
        (math.inf, [Reason.WRONG_TYPE]),
        (-math.inf, [Reason.WRONG_TYPE]),
        ([12], [Reason.WRONG_TYPE]),
        (10**30, [Reason.TOO_LARGE]),
        (-(10**30), [Reason.TOO_SMALL]),
    ),
)
def test_a_number_is_taken_or_refused_with_a_reason(value: Any, reasons: list[Reason]) -> None:
    assert found_in(WEIGHT, value) == [((), reason) for reason in reasons]


@pytest.mark.parametrize("value", (0, 0.1, 33.33, -7.25, 1e2, 10**15, 1e-2))
def test_decimals_are_counted_as_they_are_written(value: float) -> None:
    assert found_in(RATE, value) == []


@pytest.mark.parametrize("value", (0.001, 33.333, 0.1 + 0.2, 1e-300))
def test_more_decimals_than_asked_for_are_refused(value: float) -> None:
    assert found_in(RATE, value) == [((), Reason.TOO_PRECISE)]


@pytest.mark.parametrize(
    ("value", "reason"),
    ((10**15 + 1, Reason.TOO_LARGE), (1e300, Reason.TOO_LARGE), (-1e16, Reason.TOO_SMALL)),
)
def test_a_huge_number_is_refused_where_the_form_sets_no_bound(value: float, reason: Reason) -> None:
    assert found_in(RATE, value) == [((), reason)]


@pytest.mark.parametrize("value", (12.0, -0.0))
def test_a_whole_number_is_kept_without_decimals(value: float) -> None:
    assert repr(kept_in(RATE, value)) == str(int(value))


def test_zero_is_not_nothing() -> None:
    assert kept_in(field("number", "number"), 0) == 0
