import time
from typing import Any

import pytest

from content.forms.bounds import MOST_CHARACTERS, MOST_LEVELS, MOST_PARTS
from content.forms.checking import check
from content.forms.context import FormContext
from content.forms.mistakes import Reason
from content.forms.storing import unstorable
from tests.content.forms.schemes import PLAN_FORM, RULES


def nested(levels: int) -> Any:
    value: Any = "x"
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    ("results", "reason"),
    (
        ([{}] * 100_000, Reason.TOO_MUCH),
        ({str(number): 1 for number in range(MOST_PARTS)}, Reason.TOO_MUCH),
        (["x" * 1000] * 1100, Reason.TOO_MUCH),
        ("x" * (MOST_CHARACTERS + 1), Reason.TOO_MUCH),
        ({"x" * (MOST_CHARACTERS + 1): 1}, Reason.TOO_MUCH),
        (nested(MOST_LEVELS), Reason.TOO_DEEP),
        (nested(100_000), Reason.TOO_DEEP),
        ({"id": 10**5000}, Reason.TOO_LARGE),
    ),
    ids=("rows", "names", "texts", "text", "name", "deep", "very deep", "digits"),
)
def test_what_is_beyond_limits_is_one_mistake_and_is_not_lost(results: Any, reason: Reason) -> None:
    filled = {"results": results}
    checked = check(PLAN_FORM, filled, RULES, FormContext())
    assert [mistake.reason for mistake in checked.mistakes] == [reason]
    assert checked.values is filled


def test_what_is_at_the_limit_of_levels_is_looked_at() -> None:
    reasons = {
        mistake.reason
        for mistake in check(PLAN_FORM, {"x": nested(MOST_LEVELS - 1)}, RULES, FormContext()).mistakes
    }
    assert Reason.UNKNOWN in reasons


@pytest.mark.parametrize("results", ([{}] * 1_000_000, nested(100_000), [{}] * (MOST_PARTS - 5)))
def test_the_check_ends_early(results: Any) -> None:
    began = time.process_time()
    check(PLAN_FORM, {"results": results}, RULES, FormContext())
    assert time.process_time() - began < 0.5


def test_a_draft_may_be_unfinished_and_wrong() -> None:
    assert unstorable({"results": [{"weight": "banyak", "colour": None}], "other": 1.5, "many": []}) == ()


@pytest.mark.parametrize(
    ("filled", "path", "reason"),
    (
        (["x"], (), Reason.WRONG_TYPE),
        ({"results": [{"result": "a\x00"}]}, ("results", 0, "result"), Reason.UNPRINTABLE),
        ({"overall": {"note": "\udfff"}}, ("overall", "note"), Reason.UNPRINTABLE),
        ({"overall": {"\x00": 1}}, ("overall",), Reason.UNPRINTABLE),
        ({"overall": {"number": float("nan")}}, ("overall", "number"), Reason.WRONG_TYPE),
        ({"overall": {"number": float("inf")}}, ("overall", "number"), Reason.WRONG_TYPE),
        ({"results": nested(50)}, ("results",), Reason.TOO_DEEP),
        ({"results": [1] * (MOST_PARTS + 1)}, ("results",), Reason.TOO_MUCH),
    ),
)
def test_a_draft_that_no_database_keeps_is_refused_at_its_place(
    filled: Any, path: Any, reason: Reason
) -> None:
    (mistake,) = unstorable(filled)
    assert (mistake.path, mistake.reason) == (path, reason)


def test_everything_that_cannot_be_kept_is_named() -> None:
    assert [mistake.path for mistake in unstorable({"a": "\x00", "b": ["\x01", "c"]})] == [("a",), ("b", 0)]
