from fractions import Fraction
from typing import Any

import pytest

from content.forms.checking import check
from content.forms.context import FormContext
from content.forms.example import example
from content.forms.form import Form
from content.forms.mistakes import Mistake, Reason
from tests.content.forms.findings import found
from tests.content.forms.schemes import RULES, each, field, form, group, rows

WEIGHTS = form(
    rows("results", field("number", "weight", decimals=1)),
    checks=[{"kind": "sum", "section": "results", "field": "weight", "equals": 100}],
)
INDICATORS = field(
    "rows",
    "indicators",
    fields=[field("choice", "aspect", of="aspects")],
    when={"field": "kind", "among": ["main"]},
)
ASPECT = {"section": "results", "rows": "indicators", "field": "aspect"}


def aspects(*checks: dict[str, Any]) -> Any:
    return form(rows("results", field("choice", "kind", of="kinds"), INDICATORS), checks=list(checks))


QUANTITY = aspects({"kind": "each_has", "value": "quantity", **ASPECT})
BUDGET = aspects({"kind": "some_has", "value": "cost", "posts": ["21", "22"], **ASPECT})
TEACHERS = aspects(
    {"kind": "some_has", "value": "quality", "families": ["teachers"], **ASPECT},
    {"kind": "each_has", "value": "quantity", "families": ["teachers"], **ASPECT},
)
TEACHER, CLERK = FormContext(post="Guru Ahli Muda"), FormContext(post="Pengadministrasi Tata Usaha")
NOTED = form(
    group("overall", field("text", "note")), checks=[{"kind": "noted", "entry": "observation", "at_least": 4}]
)


def weights(*numbers: Any) -> Any:
    return {"results": [{"weight": number} for number in numbers]}


def results(*aspects: str) -> Any:
    """One result for each text, with an indicator for each word of it."""
    return {
        "results": [
            {"kind": "main", "indicators": [{"aspect": aspect} for aspect in words.split()]}
            for words in aspects
        ]
    }


@pytest.mark.parametrize("numbers", ((100,), (60, 40), (33.3, 33.3, 33.4), (0.1, 0.2, 99.7)))
def test_weights_that_add_up_are_taken(numbers: tuple[float, ...]) -> None:
    assert found(weights(*numbers), WEIGHTS) == []


def test_a_weight_sum_of_99_is_refused_at_its_place() -> None:
    (mistake,) = check(Form.model_validate(WEIGHTS), weights(60, 39), RULES, FormContext()).mistakes
    assert mistake == Mistake(
        ("results",), Reason.SUM_WRONG, {"field": "weight", "expected": "100", "sum": "99"}
    )
    assert mistake.parameters == {"field": "weight", "expected": "100", "sum": "99"}


def test_a_sum_is_exact_and_not_nearly_right() -> None:
    assert found(weights(33.3, 33.3, 33.3), WEIGHTS) == [(("results",), Reason.SUM_WRONG)]


@pytest.mark.parametrize("value", (None, "40", True, 40.55))
def test_no_sum_is_made_of_a_number_that_is_missing_or_wrong(value: Any) -> None:
    ((place, _reason),) = found(weights(60, value), WEIGHTS)
    assert place == ("results", 1, "weight")


def test_no_sum_is_made_where_a_row_is_none() -> None:
    assert found({"results": [{"weight": 60}, "x"]}, WEIGHTS) == [(("results", 1), Reason.WRONG_TYPE)]


def test_rows_that_may_leave_out_their_number_count_nothing() -> None:
    asked = form(
        rows("results", field("number", "weight", required=False)),
        checks=[{"kind": "sum", "section": "results", "field": "weight", "equals": 100}],
    )
    assert found(weights(100, None), asked) == []
    assert found(weights(None, None), asked) == [(("results",), Reason.SUM_WRONG)]


def test_no_rows_have_no_sum() -> None:
    assert found({"results": []}, WEIGHTS) == []


def test_the_parts_of_an_each_section_are_added_up_too() -> None:
    asked = form(
        each("behaviour", "values", field("number", "weight")),
        checks=[{"kind": "sum", "section": "behaviour", "field": "weight", "equals": 100}],
    )
    filled = {"behaviour": {"akuntabel": {"weight": 50}, "adaptif": {"weight": 49}}}
    assert found(filled, asked) == [(("behaviour",), Reason.SUM_WRONG)]


def test_each_result_has_a_quantity() -> None:
    assert found(results("quantity", "time quantity"), QUANTITY) == []


def test_a_result_without_a_quantity_is_named() -> None:
    assert found(results("quantity", "time quality", ""), QUANTITY) == [
        (("results", 1, "indicators"), Reason.NOT_EACH_HAS),
        (("results", 2, "indicators"), Reason.NOT_EACH_HAS),
    ]


def test_a_result_whose_indicators_are_not_asked_for_needs_no_quantity() -> None:
    assert found({"results": [{"kind": "additional"}]}, QUANTITY) == []


def test_rows_of_a_wrong_kind_are_not_said_to_lack_anything() -> None:
    filled = {"results": [{"kind": "main", "indicators": "banyak"}]}
    assert found(filled, QUANTITY) == [(("results", 0, "indicators"), Reason.WRONG_TYPE)]


def test_a_head_needs_one_budget_indicator_among_all() -> None:
    assert found(results("quantity", "quantity cost"), BUDGET, FormContext(echelon="21")) == []


def test_a_head_without_a_budget_indicator_is_told_so() -> None:
    assert found(results("quantity", "time"), BUDGET, FormContext(echelon="22")) == [
        (("results",), Reason.NONE_HAS)
    ]


@pytest.mark.parametrize("echelon", ("", "31", "2"))
def test_others_need_no_budget_indicator(echelon: str) -> None:
    assert found(results("quantity"), BUDGET, FormContext(echelon=echelon)) == []


def test_a_check_without_posts_applies_to_everybody() -> None:
    everybody = aspects({"kind": "some_has", "value": "cost", **ASPECT})
    assert found(results("quantity"), everybody) == [(("results",), Reason.NONE_HAS)]


def test_what_a_job_family_must_have_is_asked_of_its_posts() -> None:
    assert found(results("quantity quality", "quantity"), TEACHERS, TEACHER) == []
    assert found(results("quantity", "time"), TEACHERS, TEACHER) == [
        (("results",), Reason.NONE_HAS),
        (("results", 1, "indicators"), Reason.NOT_EACH_HAS),
    ]


@pytest.mark.parametrize("context", (CLERK, FormContext(), FormContext(post="Penata Ruang")))
def test_what_a_job_family_must_have_is_not_asked_of_others(context: FormContext) -> None:
    assert found(results("time"), TEACHERS, context) == []


def test_what_lacks_because_of_the_job_family_says_so() -> None:
    checked = check(Form.model_validate(TEACHERS), results("time"), RULES, TEACHER)
    none_has, not_each = checked.mistakes
    wanted = {"field": "aspect", "family": "teachers"}
    assert none_has.parameters == {"rows": "indicators", "value": "quality", **wanted}
    assert not_each.parameters == {"value": "quantity", **wanted}


def test_echelon_and_job_family_must_both_fit() -> None:
    both = {"kind": "some_has", "value": "cost", "posts": ["21"], "families": ["teachers"], **ASPECT}
    for echelon, post, reasons in (
        ("21", "Guru", [Reason.NONE_HAS]),
        ("31", "Guru", []),
        ("21", "Arsiparis", []),
    ):
        mistakes = found(results("time"), aspects(both), FormContext(echelon=echelon, post=post))
        assert [reason for _place, reason in mistakes] == reasons


@pytest.mark.parametrize("context", (TEACHER, CLERK, FormContext()))
def test_an_example_has_what_the_job_family_must_have(context: FormContext) -> None:
    asked = Form.model_validate(TEACHERS)
    for seed in range(10):
        assert check(asked, example(asked, RULES, context, seed=seed), RULES, context).mistakes == ()


@pytest.mark.parametrize(
    ("count", "reasons"), ((0, [Reason.TOO_FEW_NOTED]), (3, [Reason.TOO_FEW_NOTED]), (4, []))
)
def test_so_many_observations_must_be_noted_in_the_year(count: int, reasons: list[Reason]) -> None:
    context = FormContext(noted={"observation": count})
    assert found({"overall": {"note": "baik"}}, NOTED, context) == [((), reason) for reason in reasons]


def test_no_note_at_all_is_too_few() -> None:
    assert found({"overall": {"note": "baik"}}, NOTED) == [((), Reason.TOO_FEW_NOTED)]


@pytest.mark.parametrize(
    ("share", "count", "enough"),
    (
        (Fraction(135, 365), 0, False),  # four in a year: one from January to the middle of May
        (Fraction(135, 365), 1, True),
        (Fraction(230, 365), 1, False),
        (Fraction(230, 365), 2, True),
        (Fraction(1, 365), 0, False),
        (Fraction(1, 365), 1, True),
        (Fraction(1), 3, False),
    ),
)
def test_a_part_of_the_year_wants_its_share_of_the_notes(share: Fraction, count: int, enough: bool) -> None:
    context = FormContext(noted={"observation": count}, share=share)
    assert (found({"overall": {"note": "baik"}}, NOTED, context) == []) is enough
