from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.forms.conditions import asked_fields
from content.forms.context import FormContext
from content.forms.fields import NumberField
from content.forms.form import Form, GroupSection
from content.forms.samples.drawing import Drawing
from content.forms.samples.part import Wish, sample_part
from content.forms.samples.sentences import UNITS, sentences_for
from content.forms.samples.values import json_number, range_of
from tests.content.forms.schemes import RULES, field, form, group

DRAWING = Drawing(RULES, FormContext(), 0, "id")


def fields_of(*fields: dict[str, Any]) -> Any:
    (section,) = Form.model_validate(form(group("part", *fields))).sections
    assert isinstance(section, GroupSection)
    return section.fields


@given(seed=st.integers(0, 1000), options=st.lists(st.integers(), max_size=6))
def test_turning_loses_nothing_and_draws_the_same_again(seed: int, options: list[int]) -> None:
    drawing = Drawing(RULES, FormContext(), seed, "id")
    turned = drawing.turned(options, "results", 1)
    assert sorted(turned) == sorted(options)
    assert turned == drawing.turned(options, "results", 1)


def test_ids_are_counted_through_the_whole_form() -> None:
    drawing = Drawing(RULES, FormContext(), 0, "id")
    assert [drawing.next_id(rows) for rows in ("results", "indicators", "resources")] == ["r1", "i1", "r2"]


@pytest.mark.parametrize("name", ("result", "indicator", "special_expectation", "reason", "notes"))
def test_there_is_something_to_say_in_both_languages(name: str) -> None:
    assert all(sentence.id != sentence.en for sentence in sentences_for(name))


def test_a_unit_is_called_a_unit() -> None:
    assert sentences_for("unit") == UNITS


def test_a_wish_makes_its_conditions_hold() -> None:
    fields = fields_of(
        field("text", "decision", when={"field": "kind", "among": ["additional"]}),
        field("choice", "kind", of="kinds"),
    )
    part = sample_part(fields, Wish({"decision": "SK 1"}), DRAWING, ())
    assert part == {"decision": "SK 1", "kind": "additional"}


def test_a_wish_for_a_field_of_several_is_one_of_them() -> None:
    fields = fields_of(field("choice", "aspects", of="aspects", many=True))
    assert sample_part(fields, Wish({"aspects": "cost"}), DRAWING, ()) == {"aspects": ["cost"]}


def test_a_sample_says_only_what_is_asked_for() -> None:
    fields = fields_of(
        field("yes_no", "new", must_be=False), field("text", "who", when={"field": "new", "among": [True]})
    )
    part = sample_part(fields, Wish(), DRAWING, ())
    assert part == {"new": False}
    assert asked_fields(fields, part) == {"new": True, "who": False}


@pytest.mark.parametrize(
    ("limits", "expected"),
    (
        ({}, (0, 100)),
        ({"at_least": 0.5}, (1, 100)),
        ({"at_least": 5, "at_most": 7.9}, (5, 7)),
        ({"at_least": 0.25, "decimals": 1}, (0.3, 100.2)),
        ({"at_most": -200}, (-300, -200)),
    ),
)
def test_the_range_of_a_number_lies_on_its_smallest_steps(limits: Any, expected: tuple[float, float]) -> None:
    (asked,) = fields_of(field("number", "number", **limits))
    assert isinstance(asked, NumberField)
    least, most = range_of(asked)
    assert (json_number(least), json_number(most)) == expected


def test_a_sample_of_a_period_does_not_end_before_it_begins() -> None:
    fields = fields_of(field("day", "first"), field("day", "last", not_before="first"))
    drawn = [sample_part(fields, Wish(), Drawing(RULES, FormContext(), seed, "id"), ()) for seed in range(20)]
    assert all(str(part["first"]) <= str(part["last"]) for part in drawn)
