from typing import Any

import pytest

from content.forms.context import FormContext
from content.forms.mistakes import Reason
from tests.content.forms.findings import found, kept
from tests.content.forms.schemes import each, field, form, group, rows

OVERALL = form(group("overall", field("text", "strength"), field("text", "note", required=False)))
TASKS = form(rows("tasks", field("text", "task"), at_least=1, at_most=3))
VALUES = form(each("behaviour", "values", field("text", "feedback")))
SPECIAL = form(each("behaviour", "values", field("text", "expectation", required=False)))
REALISED = form(each("realised", "plan.indicators", field("number", "number")))
PLAN: Any = {"results": [{"id": "h1", "indicators": [{"id": "i2"}, {"id": "i1"}]}]}
IN_FORCE = FormContext(plan=PLAN)


def test_an_absent_group_is_missing_field_by_field() -> None:
    assert found({}, OVERALL) == [(("overall", "strength"), Reason.MISSING)]


@pytest.mark.parametrize("value", ("x", 1, True, [1]))
def test_a_group_is_an_object(value: Any) -> None:
    assert found({"overall": value}, OVERALL) == [(("overall",), Reason.WRONG_TYPE)]
    assert kept({"overall": value}, OVERALL) == {"overall": value}


def test_what_the_form_does_not_know_is_a_mistake_and_is_not_lost() -> None:
    filled = {"extra": 1, "overall": {"colour": "red", "strength": "teliti"}}
    assert found(filled, OVERALL) == [(("overall", "colour"), Reason.UNKNOWN), (("extra",), Reason.UNKNOWN)]
    assert kept(filled, OVERALL) == filled


def test_sections_and_fields_are_kept_in_the_order_of_the_form() -> None:
    asked = form(group("one", field("text", "a"), field("text", "b")), rows("two", field("text", "c")))
    filled = {"two": [{"c": "3", "id": "t1"}], "one": {"b": "2", "a": "1"}}
    assert str(kept(filled, asked)) == str({"one": {"a": "1", "b": "2"}, "two": [{"id": "t1", "c": "3"}]})


def test_every_section_is_kept_even_where_nothing_stands_in_it() -> None:
    asked = form(group("one", field("text", "a", required=False)), rows("two", field("text", "c")))
    assert kept({}, asked) == {"one": {}, "two": []}


@pytest.mark.parametrize("empty", (None, [], "", {}))
def test_rows_that_are_not_there_are_too_few(empty: Any) -> None:
    assert found({"tasks": empty}, TASKS) == [(("tasks",), Reason.TOO_FEW_ROWS)]


@pytest.mark.parametrize("value", ("x", 1, {"0": {"task": "a"}}))
def test_rows_are_a_list(value: Any) -> None:
    assert found({"tasks": value}, TASKS) == [(("tasks",), Reason.WRONG_TYPE)]


def test_a_row_is_an_object() -> None:
    assert found({"tasks": [{"task": "a"}, "b", None]}, TASKS) == [
        (("tasks", 1), Reason.WRONG_TYPE),
        (("tasks", 2), Reason.WRONG_TYPE),
    ]


def test_what_stands_beyond_the_most_rows_is_one_mistake_and_is_not_lost() -> None:
    filled = {"tasks": [{"id": f"t{number}", "task": "a"} for number in range(3)] + [{"colour": 1}]}
    assert found(filled, TASKS) == [(("tasks",), Reason.TOO_MANY_ROWS)]
    assert kept(filled, TASKS) == filled


def test_a_mistake_in_a_row_names_its_place() -> None:
    filled = {"tasks": [{"task": "a"}, {"task": " "}, {"task": 3}]}
    assert found(filled, TASKS) == [
        (("tasks", 1, "task"), Reason.MISSING),
        (("tasks", 2, "task"), Reason.WRONG_TYPE),
    ]


def test_a_mistake_in_a_row_of_a_row_names_its_place() -> None:
    inner = field("rows", "steps", fields=[field("day", "by")], at_least=1, at_most=2)
    asked = form(rows("tasks", inner))
    filled = {"tasks": [{"steps": [{"by": "2027-03-01"}, {"by": "besok"}]}, {}]}
    assert found(filled, asked) == [
        (("tasks", 0, "steps", 1, "by"), Reason.NOT_A_DAY),
        (("tasks", 1, "steps"), Reason.TOO_FEW_ROWS),
    ]


def test_rows_that_may_be_left_out_may_be_fewer_than_the_least() -> None:
    inner = field("rows", "steps", fields=[field("day", "by")], at_least=2, required=False)
    assert found({"part": {}}, form(group("part", inner))) == []


def test_each_thing_of_the_case_has_its_part() -> None:
    assert found({"realised": {"i1": {"number": 3}, "i2": {"number": 4}}}, REALISED, IN_FORCE) == []


def test_a_thing_without_its_part_is_missing_as_a_whole() -> None:
    assert found({"realised": {"i1": {"number": 3}}}, REALISED, IN_FORCE) == [
        (("realised", "i2"), Reason.MISSING)
    ]


def test_a_part_of_something_else_is_unknown_and_is_not_lost() -> None:
    filled = {"realised": {"i1": {"number": 3}, "i2": {"number": 4}, "i9": {"number": 5}}}
    assert found(filled, REALISED, IN_FORCE) == [(("realised", "i9"), Reason.UNKNOWN)]
    assert kept(filled, REALISED, IN_FORCE) == filled


def test_the_parts_are_kept_in_the_order_of_the_plan() -> None:
    filled = {"realised": {"i1": {"number": 3}, "i2": {"number": 4}}}
    assert list(kept(filled, REALISED, IN_FORCE)["realised"]) == ["i2", "i1"]


@pytest.mark.parametrize("empty", ({}, {"realised": {}}, {"realised": None}, {"realised": []}))
def test_a_plan_of_words_has_nothing_to_be_said_of(empty: Any) -> None:
    assert found(empty, REALISED) == []


def test_a_thing_of_which_nothing_must_be_said_may_be_left_out() -> None:
    assert found({}, SPECIAL) == []
    assert kept({"behaviour": {"adaptif": {"expectation": "sigap"}}}, SPECIAL) == {
        "behaviour": {"akuntabel": {}, "adaptif": {"expectation": "sigap"}}
    }


def test_a_part_that_is_there_is_missing_field_by_field() -> None:
    assert found({"behaviour": {"akuntabel": {}, "adaptif": {"feedback": "sigap"}}}, VALUES) == [
        (("behaviour", "akuntabel", "feedback"), Reason.MISSING)
    ]


def test_a_part_is_an_object() -> None:
    assert found({"behaviour": {"akuntabel": "baik", "adaptif": {"feedback": "sigap"}}}, VALUES) == [
        (("behaviour", "akuntabel"), Reason.WRONG_TYPE)
    ]
