import json
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.forms.checking import check
from content.forms.context import FormContext
from content.forms.example import example
from content.forms.form import Form
from tests.content.forms.generated import CASES, PLAN, forms, patient
from tests.content.forms.schemes import PLAN_FORM, RATING_FORM, RULES, field, group
from tests.content.forms.schemes import form as formed

RATED = FormContext(plan=PLAN, noted={"observation": 4})


@patient
@given(form=forms(), case=CASES, seed=st.integers(0, 99), locale=st.sampled_from(["id", "en"]))
def test_an_example_of_any_form_has_no_mistake(
    form: Form, case: FormContext, seed: int, locale: Literal["id", "en"]
) -> None:
    filled = example(form, RULES, case, seed=seed, locale=locale)
    checked = check(form, filled, RULES, case)
    assert checked.mistakes == ()
    assert json.dumps(checked.values) == json.dumps(filled)


@pytest.mark.parametrize("echelon", ("", "21"))
@pytest.mark.parametrize("superior", (None, frozenset({"s1", "s2"})))
def test_an_example_of_a_plan_fits_the_case(echelon: str, superior: frozenset[str] | None) -> None:
    case = FormContext(superior_results=superior, echelon=echelon)
    for seed in range(20):
        assert check(PLAN_FORM, example(PLAN_FORM, RULES, case, seed=seed), RULES, case).mistakes == ()


def test_an_example_of_a_rating_rates_what_the_plan_says() -> None:
    filled: Any = example(RATING_FORM, RULES, RATED)
    assert list(filled["indicators"]) == ["i1", "i2", "i3"]


def test_where_there_is_no_evidence_an_example_says_nothing_that_needs_some() -> None:
    for seed in range(20):
        filled: Any = example(RATING_FORM, RULES, RATED, seed=seed)
        assert {part["rating"] for part in filled["behaviour"].values()} == {"meets"}


def test_the_same_seed_gives_the_same_example() -> None:
    assert example(PLAN_FORM, RULES, RATED, seed=7) == example(PLAN_FORM, RULES, RATED, seed=7)


def test_different_seeds_give_different_examples() -> None:
    assert len({json.dumps(example(PLAN_FORM, RULES, RATED, seed=seed)) for seed in range(10)}) > 5


def test_an_example_is_in_indonesian_unless_english_is_wanted() -> None:
    asked = Form.model_validate(formed(group("part", field("text", "reason"))))
    indonesian, english = (example(asked, RULES, RATED, locale=locale) for locale in ("id", "en"))
    assert indonesian != english
    assert "the" not in str(indonesian).split()


def test_a_sum_is_shared_out_as_evenly_as_its_decimals_allow() -> None:
    checks = [{"kind": "sum", "section": "parts", "field": "weight", "equals": 100}]
    part = field("number", "weight", at_most=34)
    section = {"kind": "rows", "name": "parts", "label": {"id": "a", "en": "a"}, "fields": [part]}
    filled: Any = example(Form.model_validate(formed(section, checks=checks)), RULES, RATED)
    assert [row["weight"] for row in filled["parts"]] == [34, 33, 33]


def test_what_the_case_lacks_no_example_has() -> None:
    asked = Form.model_validate(formed(group("part", field("item", "evidence", of="evidence"))))
    assert example(asked, RULES, FormContext()) == {"part": {}}
