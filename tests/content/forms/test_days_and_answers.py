from typing import Any

import pytest

from content.forms.mistakes import Path, Reason
from tests.content.forms.findings import found, found_in, kept_in
from tests.content.forms.schemes import field, form, group

DAY = field("day", "by")
ANSWER = field("yes_no", "confirmed")
DECLARATION = field("yes_no", "free", must_be=True)


@pytest.mark.parametrize(
    ("value", "reasons"),
    (
        ("2027-03-01", []),
        ("2028-02-29", []),
        ("2027-02-29", [Reason.NOT_A_DAY]),
        ("2027-13-01", [Reason.NOT_A_DAY]),
        ("20270301", [Reason.NOT_A_DAY]),
        ("2027-W09-1", [Reason.NOT_A_DAY]),
        ("2027-3-1", [Reason.NOT_A_DAY]),
        ("01-03-2027", [Reason.NOT_A_DAY]),
        ("2027-03-01T00:00", [Reason.NOT_A_DAY]),
        ("2027-03-01\n", [Reason.NOT_A_DAY]),
        ("٢٠٢٧-٠٣-٠١", [Reason.NOT_A_DAY]),
        ("", [Reason.MISSING]),
        (None, [Reason.MISSING]),
        (20270301, [Reason.WRONG_TYPE]),
    ),
)
def test_a_day_is_one_that_the_calendar_has(value: Any, reasons: list[Reason]) -> None:
    assert found_in(DAY, value) == [((), reason) for reason in reasons]


@pytest.mark.parametrize(
    ("first", "last", "reasons"),
    (
        ("2027-01-04", "2027-01-05", []),
        ("2027-01-05", "2027-01-05", []),
        ("2027-01-05", "2026-12-31", [(("period", "last"), Reason.TOO_EARLY)]),
        (None, "2026-12-31", []),
        ("2027-01-05", None, []),
        ("2027-01-35", "2026-12-31", [(("period", "first"), Reason.NOT_A_DAY)]),
        ("2027-01-05", "2026", [(("period", "last"), Reason.NOT_A_DAY)]),
    ),
)
def test_a_period_does_not_end_before_it_begins(
    first: Any, last: Any, reasons: list[tuple[Path, Reason]]
) -> None:
    days = (field("day", "first", required=False), field("day", "last", required=False, not_before="first"))
    filled = {"period": {"first": first, "last": last}}
    assert found(filled, form(group("period", *days))) == reasons


@pytest.mark.parametrize(
    ("value", "reasons"),
    (
        (True, []),
        (False, []),
        (None, [Reason.MISSING]),
        ("", [Reason.MISSING]),
        (1, [Reason.WRONG_TYPE]),
        (0, [Reason.WRONG_TYPE]),
        ("true", [Reason.WRONG_TYPE]),
        ([True], [Reason.WRONG_TYPE]),
    ),
)
def test_an_answer_is_yes_or_no(value: Any, reasons: list[Reason]) -> None:
    assert found_in(ANSWER, value) == [((), reason) for reason in reasons]


def test_a_declaration_takes_one_answer_only() -> None:
    assert found_in(DECLARATION, True) == []
    assert found_in(DECLARATION, False) == [((), Reason.MUST_BE)]


def test_a_declaration_that_may_be_left_out_must_be_right_when_it_is_made() -> None:
    optional = {**DECLARATION, "required": False}
    assert found_in(optional, None) == []
    assert found_in(optional, False) == [((), Reason.MUST_BE)]


def test_no_is_an_answer_and_is_kept() -> None:
    assert kept_in(ANSWER, False) is False
