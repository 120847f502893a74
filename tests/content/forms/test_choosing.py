from typing import Any

import pytest

from content.forms.mistakes import Path, Reason
from tests.content.forms.findings import found_in, kept_in
from tests.content.forms.schemes import field

ONE = field("choice", "aspect", of="aspects")
MANY = field("choice", "aspects", of="aspects", many=True)
STEP = field("choice", "rating", of="expectation")


@pytest.mark.parametrize(
    ("value", "reasons"),
    (
        ("quality", []),
        ("Quality", [Reason.NOT_A_CHOICE]),
        (" quality", [Reason.NOT_A_CHOICE]),
        ("above", [Reason.NOT_A_CHOICE]),
        ("", [Reason.MISSING]),
        (None, [Reason.MISSING]),
        (1, [Reason.WRONG_TYPE]),
        (["quality"], [Reason.WRONG_TYPE]),
    ),
)
def test_one_choice_is_one_name_of_the_list(value: Any, reasons: list[Reason]) -> None:
    assert found_in(ONE, value) == [((), reason) for reason in reasons]


@pytest.mark.parametrize(
    ("value", "mistakes"),
    (
        (["quality"], []),
        (["time", "quality"], []),
        ([], [((), Reason.MISSING)]),
        ("quality", [((), Reason.WRONG_TYPE)]),
        (["quality", "quality"], [((1,), Reason.REPEATED)]),
        (["quality", "speed", 7], [((1,), Reason.NOT_A_CHOICE), ((2,), Reason.WRONG_TYPE)]),
        ({"quality": True}, [((), Reason.WRONG_TYPE)]),
    ),
)
def test_several_choices_are_a_list_without_repetition(
    value: Any, mistakes: list[tuple[Path, Reason]]
) -> None:
    assert found_in(MANY, value) == mistakes


def test_a_step_of_a_scale_is_chosen_by_its_name() -> None:
    assert found_in(STEP, "above") == []


def test_the_order_of_several_choices_is_kept() -> None:
    assert kept_in(MANY, ["time", "cost", "quality"]) == ["time", "cost", "quality"]


def test_a_choice_from_a_list_that_the_scheme_lacks_is_refused() -> None:
    assert found_in(field("choice", "colour", of="colours"), "red") == [((), Reason.NOT_A_CHOICE)]
