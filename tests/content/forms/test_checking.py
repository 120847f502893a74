import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.forms.checking import check
from content.forms.context import FormContext
from content.forms.example import example
from content.forms.form import Form
from content.forms.mistakes import Reason
from tests.content.forms.generated import CASES, JSON, forms, patient
from tests.content.forms.schemes import PLAN_FORM, RATING_FORM, RULES

SECTIONS = st.fixed_dictionaries({}, optional={"results": JSON, "behaviour": JSON, "overall": JSON})


def full_plan() -> Any:
    """Twelve results and thirty indicators."""
    indicators = [
        {
            "id": f"i{number}",
            "aspect": "quantity" if number < 12 else "time",
            "indicator": "Jumlah laporan yang diselesaikan tepat waktu dan disetujui pimpinan",
            "target": {"number": 12, "unit": "laporan"},
        }
        for number in range(30)
    ]
    return {
        "results": [
            {
                "id": f"h{number}",
                "kind": "main",
                "supports": "waiting",
                "result": "Tersusunnya laporan pelayanan publik yang lengkap dan tepat waktu setiap bulan",
                "weight": 12 if number == 0 else 8,
                "indicators": indicators[number::12],
            }
            for number in range(12)
        ],
        "behaviour": {"akuntabel": {"expectation": "Menjadi contoh"}, "adaptif": {}},
    }


@pytest.mark.parametrize("filled", (None, [], "x", 1, 1.5, True))
def test_a_filled_form_is_an_object(filled: Any) -> None:
    checked = check(PLAN_FORM, filled, RULES, FormContext())
    assert [(mistake.path, mistake.reason) for mistake in checked.mistakes] == [((), Reason.WRONG_TYPE)]


def test_an_empty_plan_lacks_its_results() -> None:
    (mistake,) = check(PLAN_FORM, {}, RULES, FormContext()).mistakes
    assert (mistake.path, mistake.reason) == (("results",), Reason.TOO_FEW_ROWS)


def test_an_indicator_without_a_target_is_named() -> None:
    plan = full_plan()
    del plan["results"][3]["indicators"][1]["target"]
    (mistake,) = check(PLAN_FORM, plan, RULES, FormContext()).mistakes
    assert (mistake.path, mistake.reason) == (("results", 3, "indicators", 1, "target"), Reason.MISSING)


def test_all_mistakes_are_told_at_once_in_the_order_of_the_form() -> None:
    plan = full_plan()
    plan["results"][0]["weight"] = 1000
    plan["results"][1]["indicators"][0]["target"] = {"number": 3}
    plan["results"][2]["result"] = " "
    plan["behaviour"]["santai"] = {}
    plan["colour"] = "red"
    checked = check(PLAN_FORM, plan, RULES, FormContext())
    assert [(mistake.path, mistake.reason) for mistake in checked.mistakes] == [
        (("results", 0, "weight"), Reason.TOO_LARGE),
        (("results", 1, "indicators", 0, "target", "unit"), Reason.TARGET_WITHOUT_UNIT),
        (("results", 2, "result"), Reason.MISSING),
        (("behaviour", "santai"), Reason.UNKNOWN),
        (("colour",), Reason.UNKNOWN),
    ]


def test_a_mistake_never_repeats_what_somebody_wrote() -> None:
    plan = full_plan()
    plan["results"][0] |= {
        "kind": "rahasia",
        "result": ["rahasia"],
        "weight": "rahasia",
        "supports": "rahasia",
    }
    checked = check(PLAN_FORM, plan, RULES, FormContext())
    assert len(checked.mistakes) >= 4
    assert "rahasia" not in str(checked.mistakes)


def test_what_was_given_is_not_changed() -> None:
    plan = full_plan()
    plan["results"][0]["result"] = "  teks  "
    before = json.dumps(plan)
    check(PLAN_FORM, plan, RULES, FormContext())
    assert json.dumps(plan) == before


@patient
@given(filled=SECTIONS | JSON, case=CASES)
def test_the_check_is_total(filled: Any, case: FormContext) -> None:
    for form in (PLAN_FORM, RATING_FORM):
        assert isinstance(check(form, filled, RULES, case).values, dict)


@patient
@given(filled=SECTIONS | JSON, case=CASES)
def test_checked_values_are_a_fixed_point(filled: Any, case: FormContext) -> None:
    for form in (PLAN_FORM, RATING_FORM):
        once = check(form, filled, RULES, case)
        twice = check(form, once.values, RULES, case)
        assert repr(twice.values) == repr(once.values)
        if isinstance(filled, dict):
            assert twice.mistakes == once.mistakes


@patient
@given(form=forms(), data=st.data(), case=CASES)
def test_the_check_of_any_form_is_total_and_a_fixed_point(
    form: Form, data: st.DataObject, case: FormContext
) -> None:
    names = st.sampled_from([section.name for section in form.sections])
    fields = st.sampled_from(["id", "inner", "weight", "indicators", *(f"f{number}" for number in range(5))])
    parts = st.dictionaries(fields, JSON, max_size=5)
    filled: Any = data.draw(st.dictionaries(names, parts | st.lists(parts, max_size=4) | JSON, max_size=4))
    once = check(form, filled, RULES, case)
    twice = check(form, once.values, RULES, case)
    assert repr(twice.values) == repr(once.values)
    assert twice.mistakes == once.mistakes


@patient
@given(form=forms(), case=CASES, seed=st.integers(0, 9), data=st.data())
def test_a_form_with_one_required_value_less_is_refused(
    form: Form, case: FormContext, seed: int, data: st.DataObject
) -> None:
    filled = example(form, RULES, case, seed=seed)
    places = [
        (section.name, field.name)
        for section in form.sections
        if section.kind == "group"
        for field in section.fields
        if field.required and field.kind not in {"rows", "item"} and field.name in _part(filled, section.name)
    ]
    if places:
        section, name = data.draw(st.sampled_from(places))
        del _part(filled, section)[name]
        mistakes = check(form, filled, RULES, case).mistakes
        assert ((section, name), Reason.MISSING) in [(mistake.path, mistake.reason) for mistake in mistakes]


def test_a_full_plan_is_checked_in_no_time() -> None:
    plan = full_plan()
    assert check(PLAN_FORM, plan, RULES, FormContext()).mistakes == ()
    durations = []
    for _ in range(5):
        began = time.process_time()
        check(PLAN_FORM, plan, RULES, FormContext())
        durations.append(time.process_time() - began)
    assert min(durations) < 0.02


def _part(filled: Any, section: str) -> dict[str, Any]:
    part = filled[section]
    assert isinstance(part, dict)
    return part
