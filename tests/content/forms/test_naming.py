from typing import Any

import pytest
from hypothesis import given

from content.forms.checking import check
from content.forms.context import FormContext
from content.forms.differences import differences
from content.forms.example import example
from content.forms.form import Form
from content.forms.naming import Named, named
from content.parts import Words
from tests.content.forms.generated import CASES, JSON, PLAN, patient
from tests.content.forms.schemes import PLAN_FORM, RATING_FORM, RULES

CASE = FormContext(plan=PLAN)
FILLED: Any = {
    "results": [
        {"id": "h7", "indicators": []},
        {"id": "h2", "indicators": [{"id": "i4"}, {"id": "i9"}]},
    ]
}


def spoken(path: Any, form: Form = PLAN_FORM) -> list[str | int]:
    return [part.id if isinstance(part, Words) else part for part in named(path, form, FILLED, RULES, CASE)]


@pytest.mark.parametrize(
    ("path", "name"),
    (
        ((), []),
        (("results",), ["results"]),
        (("results", 1), ["results", 2]),
        (("results", 1, "weight"), ["results", 2, "weight"]),
        (("results", 1, "indicators", 1, "target"), ["results", 2, "indicators", 2, "target"]),
        (
            ("results", 1, "indicators", 1, "target", "unit"),
            ["results", 2, "indicators", 2, "target", "unit"],
        ),
        (("results", "h2"), ["results", 2]),
        (("results", "h2", "indicators", "i9", "aspect"), ["results", 2, "indicators", 2, "aspect"]),
        (("behaviour", "adaptif", "expectation"), ["behaviour", "adaptif", "expectation"]),
    ),
)
def test_a_place_is_called_by_labels_and_numbers(path: Any, name: list[str | int]) -> None:
    assert spoken(path) == name


@pytest.mark.parametrize(
    ("path", "name"),
    (
        (("results", "h2", "reason"), ["results", 2, "reason"]),
        (("indicators", "i3"), ["indicators", 3]),
        (("behaviour", "akuntabel", "evidence", 1), ["behaviour", "akuntabel", "evidence", 2]),
        (("overall", "free"), ["overall", "free"]),
    ),
)
def test_a_thing_of_the_plan_is_called_by_its_number_there(path: Any, name: list[str | int]) -> None:
    assert spoken(path, RATING_FORM) == name


@pytest.mark.parametrize(
    "path",
    (
        ("colour", 3, "x"),
        ("results", "h99"),
        ("results", 2, "colour", "deep"),
        ("behaviour", "santai"),
        ("behaviour", "santai", "mood"),
    ),
)
def test_what_the_form_does_not_know_keeps_its_name(path: Any) -> None:
    assert spoken(path)[-1] == path[-1]


def test_labels_are_there_in_both_languages() -> None:
    label: Named = named(("results",), PLAN_FORM, FILLED, RULES, CASE)[0]
    assert label == Words(id="results", en="results")


@patient
@given(filled=JSON, case=CASES)
def test_every_mistake_has_a_name(filled: Any, case: FormContext) -> None:
    checked = check(PLAN_FORM, {"results": filled, "behaviour": filled}, RULES, case)
    for mistake in checked.mistakes:
        assert len(named(mistake.path, PLAN_FORM, checked.values, RULES, case)) == len(mistake.path)


@patient
@given(case=CASES)
def test_every_difference_of_two_plans_has_a_name(case: FormContext) -> None:
    one, other = (example(PLAN_FORM, RULES, case, seed=seed) for seed in (1, 5))
    for difference in differences(one, other):
        assert len(named(difference.place, PLAN_FORM, other, RULES, case)) == len(difference.place)
