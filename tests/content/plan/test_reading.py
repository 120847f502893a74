from typing import Any

import pytest
from hypothesis import given

from content.plan.reading import indicator_ids, indicators_of, result_ids, results_of
from content.rules import PlanRules
from tests.content.forms.generated import JSON, PLAN
from tests.content.forms.schemes import RULES


def test_results_are_read_in_the_order_of_the_plan() -> None:
    assert [row["id"] for row in results_of(PLAN, RULES)] == ["h1", "h2"]
    assert result_ids(PLAN, RULES) == ("h1", "h2")


def test_each_indicator_comes_with_its_result() -> None:
    assert [(result, row["id"]) for result, row in indicators_of(PLAN, RULES)] == [
        ("h1", "i1"),
        ("h1", "i2"),
        ("h2", "i3"),
    ]
    assert indicator_ids(PLAN, RULES) == ("i1", "i2", "i3")


def test_the_scheme_names_where_results_and_indicators_stand() -> None:
    other = RULES.model_copy(update={"plan": PlanRules(results="outcomes", indicators="measures")})
    plan: Any = {"outcomes": [{"id": "h1", "measures": [{"id": "i1"}]}], "results": [{"id": "h9"}]}
    assert (result_ids(plan, other), indicator_ids(plan, other)) == (("h1",), ("i1",))


@pytest.mark.parametrize(
    "plan", ({}, {"results": None}, {"results": "x"}, {"results": [1, {}, {"id": 1}]}, {"text": "kata-kata"})
)
def test_a_plan_of_another_shape_has_no_results(plan: Any) -> None:
    assert results_of(plan, RULES) == ()
    assert indicators_of(plan, RULES) == ()


@given(results=JSON)
def test_reading_is_total(results: Any) -> None:
    plan = {"results": results}
    assert set(result_ids(plan, RULES)) >= {result for result, _row in indicators_of(plan, RULES)}
