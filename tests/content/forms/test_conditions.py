from typing import Any

import pytest

from content.forms.mistakes import Reason
from tests.content.forms.findings import found, kept
from tests.content.forms.schemes import field, form, group, rows


def when(name: str, *among: str | bool) -> dict[str, Any]:
    return {"field": name, "among": list(among)}


EXTREME = form(
    group(
        "overall",
        field("text", "reason", when=when("rating", "above", "below")),
        field("choice", "rating", of="expectation"),
    )
)
CHAIN = form(
    group(
        "part",
        field("yes_no", "new"),
        field("yes_no", "confirmed", when=when("new", True)),
        field("text", "who", when=when("confirmed", True)),
    )
)


def test_a_field_is_asked_for_when_its_condition_holds() -> None:
    assert found({"overall": {"rating": "above"}}, EXTREME) == [(("overall", "reason"), Reason.MISSING)]


def test_a_field_is_not_missing_when_its_condition_does_not_hold() -> None:
    assert found({"overall": {"rating": "meets"}}, EXTREME) == []


def test_a_value_that_was_not_asked_for_is_a_mistake_and_is_not_lost() -> None:
    filled = {"overall": {"rating": "meets", "reason": "tanpa diminta"}}
    assert found(filled, EXTREME) == [(("overall", "reason"), Reason.NOT_ASKED)]
    assert kept(filled, EXTREME)["overall"]["reason"] == "tanpa diminta"


@pytest.mark.parametrize("blank", (None, "", "  ", [], {}))
def test_a_blank_that_was_not_asked_for_is_no_mistake(blank: Any) -> None:
    assert found({"overall": {"rating": "meets", "reason": blank}}, EXTREME) == []


def test_a_condition_may_stand_on_a_field_that_comes_later() -> None:
    filled = {"overall": {"reason": "melampaui target", "rating": "above"}}
    assert found(filled, EXTREME) == []


def test_a_condition_that_rests_on_a_field_that_is_not_asked_for_does_not_hold() -> None:
    filled = {"part": {"new": False, "confirmed": True, "who": "kepala unit"}}
    assert found(filled, CHAIN) == [
        (("part", "confirmed"), Reason.NOT_ASKED),
        (("part", "who"), Reason.NOT_ASKED),
    ]


def test_a_chain_of_conditions_is_followed_to_its_end() -> None:
    assert found({"part": {"new": True, "confirmed": True}}, CHAIN) == [(("part", "who"), Reason.MISSING)]


@pytest.mark.parametrize("value", (1, "true", "True"))
def test_only_true_is_true(value: Any) -> None:
    assert (("part", "confirmed"), Reason.MISSING) not in found({"part": {"new": value}}, CHAIN)


def test_a_condition_holds_where_one_of_several_choices_does() -> None:
    asked = form(
        group(
            "part",
            field("choice", "aspects", of="aspects", many=True),
            field("text", "budget", when=when("aspects", "cost")),
        )
    )
    assert found({"part": {"aspects": ["time", "cost"]}}, asked) == [(("part", "budget"), Reason.MISSING)]


def test_each_row_has_its_own_conditions() -> None:
    asked = form(
        rows(
            "tasks",
            field("choice", "kind", of="kinds"),
            field("text", "decision", when=when("kind", "additional")),
        )
    )
    filled = {"tasks": [{"kind": "main"}, {"kind": "additional"}]}
    assert found(filled, asked) == [(("tasks", 1, "decision"), Reason.MISSING)]


def test_fields_that_depend_on_each_other_are_never_asked_for() -> None:
    circle = form(
        group(
            "part",
            field("yes_no", "one", when=when("other", True)),
            field("yes_no", "other", when=when("one", True)),
        )
    )
    assert found({"part": {}}, circle) == []
    assert found({"part": {"one": True}}, circle) == [(("part", "one"), Reason.NOT_ASKED)]


def test_rows_that_are_not_asked_for_are_not_missing() -> None:
    asked = form(
        group(
            "part",
            field("yes_no", "travelled"),
            field(
                "rows", "places", fields=[field("text", "place")], at_least=1, when=when("travelled", True)
            ),
        )
    )
    assert found({"part": {"travelled": False}}, asked) == []
    assert found({"part": {"travelled": True}}, asked) == [(("part", "places"), Reason.TOO_FEW_ROWS)]
