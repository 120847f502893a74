"""A note of the year is checked field by field, and so is what it is about."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.entries import EntryKind
from content.forms.context import FormContext
from content.forms.mistakes import Reason
from content.forms.noting import check_about, check_entry
from tests.fixtures.content import SMALL

WORDS = {"id": "x", "en": "x"}
KIND = EntryKind.model_validate(
    {
        "label": WORDS,
        "by": ["rater"],
        "about": "plan.results",
        "about_required": True,
        "fields": [
            {"kind": "text", "name": "what", "label": WORDS},
            {"kind": "number", "name": "hours", "label": WORDS, "required": False, "at_least": 0},
        ],
    }
)
WHOLE = KIND.model_copy(update={"about": None, "about_required": False})
PLANNED = FormContext(plan={"results": [{"id": "h1", "result": "x", "indicators": []}]})

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def found(content: Any) -> dict[tuple[str | int, ...], Reason]:
    checked = check_entry(KIND, content, SMALL, PLANNED)
    return {mistake.path: mistake.reason for mistake in checked.mistakes}


def test_a_note_is_kept_without_blanks_around_its_texts() -> None:
    checked = check_entry(KIND, {"hours": 2, "what": " Sabar "}, SMALL, PLANNED)
    assert (checked.values, checked.mistakes) == ({"what": "Sabar", "hours": 2}, ())


@pytest.mark.parametrize(
    ("content", "wrong"),
    (
        ({}, {("what",): Reason.MISSING}),
        ({"what": "  "}, {("what",): Reason.MISSING}),
        ({"what": 1, "hours": -1}, {("what",): Reason.WRONG_TYPE, ("hours",): Reason.TOO_SMALL}),
        ({"what": "x", "who": "y"}, {("who",): Reason.UNKNOWN}),
        ([], {(): Reason.WRONG_TYPE}),
        ("x", {(): Reason.WRONG_TYPE}),
    ),
)
def test_every_mistake_stands_at_its_field(content: Any, wrong: dict[tuple[str, ...], Reason]) -> None:
    assert found(content) == wrong


def test_what_is_too_deep_is_refused_as_a_whole() -> None:
    deep: Any = "x"
    for _ in range(200):
        deep = [deep]
    assert list(found({"what": deep}).values()) == [Reason.TOO_DEEP]


@given(JSON)
def test_no_json_is_too_strange_to_be_checked(content: Any) -> None:
    checked = check_entry(KIND, content, SMALL, PLANNED)
    assert check_entry(KIND, checked.values, SMALL, PLANNED).values == checked.values


@pytest.mark.parametrize(
    ("kind", "item", "context", "reason"),
    (
        (KIND, "h1", PLANNED, None),
        (KIND, "h2", PLANNED, Reason.NO_SUCH_ITEM),
        (KIND, "", PLANNED, Reason.MISSING),
        (KIND, "", FormContext(), None),
        (KIND, "h1", FormContext(), Reason.NO_SUCH_ITEM),
        (WHOLE, "", PLANNED, None),
        (WHOLE, "h1", PLANNED, Reason.NOT_ASKED),
    ),
)
def test_what_a_note_is_about_is_there_where_it_is_asked_for(
    kind: EntryKind, item: str, context: FormContext, reason: Reason | None
) -> None:
    mistake = check_about(kind, item, SMALL, context)
    assert (None if mistake is None else mistake.reason) is reason
