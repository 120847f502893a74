from dataclasses import replace
from typing import Any

import pytest

from content.forms.checking import check
from content.forms.context import FormContext
from content.forms.form import Form
from content.forms.mistakes import Reason
from content.plan.reading import indicator_ids
from content.rules import PlanRules
from tests.content.forms.findings import found_in
from tests.content.forms.schemes import RULES, field, form, group

PLAN: Any = {
    "results": [
        {"id": "h1", "indicators": [{"id": "i1"}, {"id": "i2"}]},
        {"id": "h2", "indicators": [{"id": "i3"}]},
    ]
}
CASE = FormContext(plan=PLAN, superior_results=frozenset({"s1", "s2"}), evidence=frozenset({"e1", "e2"}))
BEFORE_THE_SUPERIOR = replace(CASE, superior_results=None)
SUPPORTS = field("item", "supports", of="superior.results")
EVIDENCE = field("item", "evidence", of="evidence", many=True, at_least=2)


@pytest.mark.parametrize(
    ("source", "known", "unknown"),
    (
        ("plan.results", "h2", "i1"),
        ("plan.indicators", "i3", "h1"),
        ("values", "adaptif", "loyal"),
        ("skills", "speaking", "adaptif"),
        ("superior.results", "s1", "h1"),
        ("evidence", "e2", "e3"),
    ),
)
def test_an_item_is_one_that_the_case_has(source: str, known: str, unknown: str) -> None:
    asked = field("item", "item", of=source)
    assert found_in(asked, known, CASE) == []
    assert found_in(asked, unknown, CASE) == [((), Reason.NO_SUCH_ITEM)]


@pytest.mark.parametrize("value", (1, ["s1"], {"s1": True}, True))
def test_an_item_is_named_by_a_text(value: Any) -> None:
    assert found_in(SUPPORTS, value, CASE) == [((), Reason.WRONG_TYPE)]


def test_a_plan_may_wait_for_the_superiors_plan_while_that_is_not_ready() -> None:
    assert found_in(SUPPORTS, "waiting", BEFORE_THE_SUPERIOR) == []


def test_a_result_cannot_be_named_while_the_superiors_plan_is_not_ready() -> None:
    assert found_in(SUPPORTS, "s1", BEFORE_THE_SUPERIOR) == [((), Reason.SUPERIOR_NOT_READY)]


def test_nobody_waits_any_more_once_the_superiors_plan_is_ready() -> None:
    assert found_in(SUPPORTS, "waiting", CASE) == [((), Reason.SUPERIOR_READY)]


@pytest.mark.parametrize("value", ("waiting", "s1", None))
def test_nobody_waits_where_the_scheme_wants_the_superiors_plan_first(value: str | None) -> None:
    first = RULES.model_copy(update={"plan": PlanRules(behind_superior=False)})
    checked = check(
        Form.model_validate(form(group("part", SUPPORTS))),
        {"part": {"supports": value}},
        first,
        BEFORE_THE_SUPERIOR,
    )
    assert [mistake.reason for mistake in checked.mistakes] == [Reason.SUPERIOR_NOT_READY]


def test_waiting_is_no_item_of_other_sources() -> None:
    assert found_in(field("item", "item", of="evidence"), "waiting", CASE) == [((), Reason.NO_SUCH_ITEM)]


def test_waiting_is_said_once_where_several_results_may_be_supported() -> None:
    several = {**SUPPORTS, "many": True}
    assert found_in(several, ["waiting"], BEFORE_THE_SUPERIOR) == []
    assert found_in(several, ["waiting", "waiting"], BEFORE_THE_SUPERIOR) == [((1,), Reason.REPEATED)]


@pytest.mark.parametrize(
    ("value", "mistakes"),
    (
        (["e1", "e2"], []),
        (["e1"], [((), Reason.TOO_FEW_ITEMS)]),
        ([], [((), Reason.MISSING)]),
        (["e1", "e1"], [((1,), Reason.REPEATED)]),
        (["e1", "e9"], [((1,), Reason.NO_SUCH_ITEM)]),
        ("e1", [((), Reason.WRONG_TYPE)]),
    ),
)
def test_several_items_are_a_list_of_as_many_as_are_wanted(value: Any, mistakes: Any) -> None:
    assert found_in(EVIDENCE, value, CASE) == mistakes


def test_evidence_is_missing_even_where_nothing_was_handed_in() -> None:
    assert found_in(field("item", "evidence", of="evidence"), None) == [((), Reason.MISSING)]


@pytest.mark.parametrize("source", ("plan.results", "plan.indicators"))
def test_nothing_of_a_plan_can_be_asked_for_where_the_plan_is_only_words(source: str) -> None:
    assert found_in(field("item", "item", of=source), None) == []


def test_a_superior_whose_plan_is_only_words_has_no_result_to_support() -> None:
    assert found_in(SUPPORTS, None, FormContext(superior_results=frozenset())) == []


def test_no_item_is_needed_where_none_is_the_least() -> None:
    assert found_in({**EVIDENCE, "at_least": 0}, [], CASE) == []


def test_an_indicator_that_stands_twice_in_a_plan_is_one_item() -> None:
    twice: Any = {"results": [{"id": "h1", "indicators": [{"id": "i1"}, {"id": "i1"}]}]}
    assert indicator_ids(twice, RULES) == ("i1",)
