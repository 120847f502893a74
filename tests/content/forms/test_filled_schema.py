import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from content.forms.checking import check
from content.forms.context import FormContext
from content.forms.example import example
from content.forms.filled_schema import filled_schema
from content.forms.form import Form
from tests.content.forms.generated import CASES, PLAN, forms, patient
from tests.content.forms.schemes import PLAN_FORM, RATING_FORM, RULES, field, group
from tests.content.forms.schemes import form as formed

CASE = FormContext(plan=PLAN, evidence=frozenset({"e1"}), noted={"observation": 4})


def validator(form: Form) -> Draft202012Validator:
    schema = filled_schema(form, RULES)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def places(form: Form, filled: Any) -> list[str]:
    return sorted("/".join(map(str, error.absolute_path)) for error in validator(form).iter_errors(filled))


@patient
@given(form=forms(), case=CASES, seed=st.integers(0, 20))
def test_what_the_check_accepts_is_valid(form: Form, case: FormContext, seed: int) -> None:
    filled = check(form, example(form, RULES, case, seed=seed), RULES, case).values
    assert [error.message for error in validator(form).iter_errors(filled)] == []


@pytest.mark.parametrize("form", (PLAN_FORM, RATING_FORM), ids=("plan", "rating"))
def test_the_schema_is_json_and_says_what_people_read(form: Form) -> None:
    schema: Any = json.loads(json.dumps(filled_schema(form, RULES)))
    assert schema["title"] == "form"
    assert {part["title"] for part in schema["properties"].values()} == {one.name for one in form.sections}


def change_plan(change: Any) -> Any:
    plan: Any = example(PLAN_FORM, RULES, CASE)
    change(plan)
    return plan


@pytest.mark.parametrize(
    ("change", "place"),
    (
        (lambda plan: plan.pop("results"), ""),
        (lambda plan: plan.update(extra=1), ""),
        (lambda plan: plan.update(results={}), "results"),
        (lambda plan: plan.update(results=[]), "results"),
        (lambda plan: plan["results"][0].pop("result"), "results/0"),
        (lambda plan: plan["results"][0].update(colour="red"), "results/0"),
        (lambda plan: plan["results"][0].update(id="H 1"), "results/0/id"),
        (lambda plan: plan["results"][0].update(result="   "), "results/0/result"),
        (lambda plan: plan["results"][0].update(result="x" * 301), "results/0/result"),
        (lambda plan: plan["results"][0].update(weight=0), "results/0/weight"),
        (lambda plan: plan["results"][0].update(weight=True), "results/0/weight"),
        (lambda plan: plan["results"][0].update(weight=1.5), "results/0/weight"),
        (lambda plan: plan["behaviour"]["adaptif"].update(expectation=1), "behaviour/adaptif/expectation"),
        (lambda plan: plan["results"][0].update(indicators=[]), "results/0/indicators"),
        (
            lambda plan: plan["results"][0]["indicators"][0].update(target={"number": 1}),
            "results/0/indicators/0/target",
        ),
        (lambda plan: plan["behaviour"]["adaptif"].update(rating=1), "behaviour/adaptif"),
    ),
)
def test_what_has_another_shape_is_refused_at_its_place(change: Any, place: str) -> None:
    assert places(PLAN_FORM, change_plan(change)) == [place]


def test_a_field_is_needed_only_when_it_is_asked_for() -> None:
    rating: Any = {"rating": "above"}
    condition = {"field": "rating", "among": ["above"]}
    asked = Form.model_validate(
        formed(
            group("part", field("choice", "rating", of="expectation"), field("text", "why", when=condition))
        )
    )
    assert places(asked, {"part": rating}) == ["part"]
    assert places(asked, {"part": rating | {"why": "melampaui"}}) == []
    assert places(asked, {"part": {"rating": "meets", "why": "melampaui"}}) == ["part"]
    assert places(asked, {"part": {"rating": "meets"}}) == []


def test_one_of_several_choices_makes_a_field_needed() -> None:
    condition = {"field": "aspects", "among": ["cost"]}
    aspects = field("choice", "aspects", of="aspects", many=True)
    asked = Form.model_validate(formed(group("part", aspects, field("text", "budget", when=condition))))
    assert places(asked, {"part": {"aspects": ["time", "cost"]}}) == ["part"]
    assert places(asked, {"part": {"aspects": ["time"]}}) == []


@pytest.mark.parametrize("value", (False, 1, "true"))
def test_a_declaration_has_one_valid_answer(value: Any) -> None:
    asked = Form.model_validate(formed(group("part", field("yes_no", "free", must_be=True))))
    assert places(asked, {"part": {"free": value}}) == ["part/free"]


def test_the_help_of_a_field_is_its_description() -> None:
    text = field("text", "reason", help={"id": "Alasan singkat", "en": "A short reason"})
    schema: Any = filled_schema(Form.model_validate(formed(group("part", text))), RULES)
    assert schema["properties"]["part"]["properties"]["reason"]["description"] == "Alasan singkat"
