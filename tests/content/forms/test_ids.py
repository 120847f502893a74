from typing import Any

import pytest

from content.forms.ids import is_id
from content.forms.mistakes import Reason
from tests.content.forms.findings import found, kept
from tests.content.forms.schemes import field, form, rows

INNER = field("rows", "steps", fields=[field("text", "step")])
TASKS = form(rows("tasks", field("text", "task"), INNER), rows("other", field("text", "task")))


def ids(filled: Any) -> list[str]:
    return [row["id"] for row in kept(filled, TASKS)["tasks"]]


def test_the_id_of_a_row_is_kept() -> None:
    assert ids({"tasks": [{"id": "h1", "task": "a"}]}) == ["h1"]


@pytest.mark.parametrize("own", (None, "", "  "))
def test_a_row_without_an_id_gets_one(own: Any) -> None:
    (made,) = ids({"tasks": [{"id": own, "task": "a"}]})
    assert is_id(made)


def test_the_same_form_gets_the_same_ids() -> None:
    filled = {"tasks": [{"task": "a"}, {"task": "b"}]}
    assert ids(filled) == ids(filled)


def test_an_id_that_was_made_does_not_depend_on_the_place_of_the_row() -> None:
    assert (
        ids({"tasks": [{"task": "a"}, {"task": "b"}]}) == ids({"tasks": [{"task": "b"}, {"task": "a"}]})[::-1]
    )


def test_rows_that_say_the_same_get_different_ids() -> None:
    assert len(set(ids({"tasks": [{"task": "a"}] * 30}))) == 30


def test_an_id_that_was_made_is_none_that_another_row_has() -> None:
    (made,) = ids({"tasks": [{"task": "a"}]})
    filled = {"tasks": [{"task": "a"}, {"id": made, "task": "b"}]}
    assert found(filled, TASKS) == []
    assert len(set(ids(filled))) == 2


def test_the_id_of_a_removed_row_does_not_come_back_for_another() -> None:
    first, second = ids({"tasks": [{"task": "a"}, {"task": "b"}]})
    assert ids({"tasks": [{"id": second, "task": "b"}, {"task": "c"}]})[1] not in {first, second}


@pytest.mark.parametrize(
    "own", ("H1", "h 1", "-h1", "h_1", "h" * 41, "h1\n", "ħ1", 1, True, ["h1"], {"h": "1"})
)
def test_another_id_than_small_letters_digits_and_hyphens_is_refused(own: Any) -> None:
    filled = {"tasks": [{"id": own, "task": "a"}]}
    assert found(filled, TASKS) == [(("tasks", 0, "id"), Reason.WRONG_ID)]
    assert kept(filled, TASKS)["tasks"][0]["id"] == own


@pytest.mark.parametrize(
    ("filled", "place"),
    (
        ({"tasks": [{"id": "h1", "task": "a"}, {"id": "h1", "task": "b"}]}, ("tasks", 1, "id")),
        ({"tasks": [{"id": "h1", "task": "a"}], "other": [{"id": "h1", "task": "b"}]}, ("other", 0, "id")),
        (
            {"tasks": [{"id": "h1", "task": "a", "steps": [{"id": "h1", "step": "b"}]}]},
            ("tasks", 0, "steps", 0, "id"),
        ),
    ),
)
def test_no_two_rows_of_a_form_have_the_same_id(filled: Any, place: Any) -> None:
    assert found(filled, TASKS) == [(place, Reason.REPEATED)]
