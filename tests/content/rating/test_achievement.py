"""What indicators and plans achieved in percent."""

import time
from typing import Any

import pytest

from content.forms.mistakes import Reason
from content.parts import Values
from content.rating.indicators import Achieved, indicator_achievement
from content.rating.plan_achievement import PlanAchievement, plan_achievement
from content.rating.rules import PlanComponent
from tests.content.rating.builders import NUMERIC_RULES, PLAN_COMPONENT, indicator, number, plan_of

COMPONENT = PlanComponent.model_validate(PLAN_COMPONENT)
UNWEIGHED = PlanComponent.model_validate({**PLAN_COMPONENT, "weights": None})


def achieved(target: Values, part: Values, **more: Any) -> Achieved:
    return indicator_achievement(COMPONENT, indicator("i1", target, **more), part)


def of_plan(
    plan: Values, realised: dict[str, float], component: PlanComponent = COMPONENT
) -> PlanAchievement:
    parts: dict[str, Values] = {name: {"realised": value} for name, value in realised.items()}
    return plan_achievement(component, plan, parts, NUMERIC_RULES)


@pytest.mark.parametrize(
    ("target", "realised", "percent"),
    (
        (12, 12, 100),
        (12, 6, 50),
        (12, 0, 0),
        (10, 12, 120),
        (10, 12.01, 120),
        (10, 1000, 120),
        (10, -5, 0),
        (0.5, 0.4, 80),
    ),
)
def test_more_is_better_up_to_the_cap(target: float, realised: float, percent: float) -> None:
    assert achieved(number(target), {"realised": realised}).value == percent


@pytest.mark.parametrize(
    ("target", "realised", "percent"),
    ((10, 10, 100), (10, 8, 120), (10, 9, 110), (10, 0, 120), (10, 15, 50), (10, 20, 0), (10, 50, 0)),
)
def test_less_is_better_is_mirrored_at_the_target(target: float, realised: float, percent: float) -> None:
    found = achieved(number(target), {"realised": realised}, less_is_better=True)
    assert found.value == percent
    assert found.working is not None
    assert found.working.numbers["mirrored_at"] == target


def test_only_a_yes_mirrors_an_indicator() -> None:
    assert achieved(number(10), {"realised": 8}, less_is_better=False).value == 80
    assert achieved(number(10), {"realised": 8}, less_is_better="yes").value == 80


def test_the_working_of_a_capped_indicator_shows_what_it_was_before() -> None:
    working = achieved(number(10), {"realised": 25}).working
    assert working is not None
    assert working.numbers == {"indicator": "i1", "target": 10.0, "realised": 25.0, "before_limits": 250.0}
    assert (working.name, working.result) == ("indicator", 120.0)


def test_a_target_in_words_takes_the_achievement_that_the_rater_sets() -> None:
    found = achieved({"text": "Laporan tersusun rapi"}, {"realised": 3, "achievement": 95})
    assert found.value == 95
    assert found.working is not None
    assert found.working.name == "judged_indicator"


def test_an_achievement_that_the_rater_sets_is_capped_as_well() -> None:
    assert achieved({"text": "Rapi"}, {"achievement": 300}).value == 120


def test_a_target_in_numbers_is_computed_whatever_achievement_stands_beside_it() -> None:
    assert achieved(number(10), {"realised": 5, "achievement": 120}).value == 50


def test_a_target_of_zero_cannot_be_divided_by_and_is_judged() -> None:
    assert achieved(number(0), {"realised": 0, "achievement": 100}, less_is_better=True).value == 100


@pytest.mark.parametrize(
    ("target", "part", "field"),
    (
        (number(10), {}, "realised"),
        (number(10), {"realised": None}, "realised"),
        (number(10), {"realised": "12"}, "realised"),
        (number(10), {"realised": True}, "realised"),
        (number(10), {"achievement": 90}, "realised"),
        ({"text": "Rapi"}, {"realised": 10}, "achievement"),
        (number(0), {"realised": 0}, "achievement"),
        ({"number": "ten"}, {"realised": 0}, "achievement"),
    ),
)
def test_what_has_no_number_is_missing_at_its_place_and_not_zero(
    target: Values, part: Values, field: str
) -> None:
    found = achieved(target, part)
    assert found.value is None
    assert found.missing is not None
    assert (found.missing.path, found.missing.reason) == (("achievement", "i1", field), Reason.MISSING)


def test_results_are_weighed_and_their_indicators_averaged() -> None:
    plan = plan_of(
        (75, [indicator("i1", number(10)), indicator("i2", number(10))]), (25, [indicator("i3", number(10))])
    )
    found = of_plan(plan, {"i1": 10, "i2": 8, "i3": 6})
    assert found.value == 82.5
    assert [(step.numbers, step.result) for step in found.working if step.name == "result"] == [
        ({"result": "h1", "weight": 75.0}, 90.0),
        ({"result": "h2", "weight": 25.0}, 60.0),
    ]


def test_without_weights_all_results_weigh_the_same() -> None:
    plan = plan_of((99, [indicator("i1", number(10))]), (1, [indicator("i2", number(10))]))
    assert of_plan(plan, {"i1": 10, "i2": 5}, UNWEIGHED).value == 75


def test_a_result_of_which_nothing_is_known_is_named_and_lowers_nothing() -> None:
    plan = plan_of((50, [indicator("i1", number(10))]), (50, [indicator("i2", number(10))]))
    found = of_plan(plan, {"i1": 10})
    assert found.value == 100
    assert [mistake.path for mistake in found.missing] == [("achievement", "i2", "realised")]
    assert [step.numbers for step in found.working if step.name == "absent"] == [{"result": "h2"}]


def test_a_result_without_indicators_is_named_and_lowers_nothing() -> None:
    found = of_plan(plan_of((50, [indicator("i1", number(10))]), (50, [])), {"i1": 10})
    assert found.value == 100
    assert found.missing == ()


@pytest.mark.parametrize("weight", (None, 0, -5))
def test_a_result_that_weighs_nothing_moves_nothing(weight: float | None) -> None:
    plan = plan_of((100, [indicator("i1", number(10))]), (weight, [indicator("i2", number(10))]))
    assert of_plan(plan, {"i1": 10, "i2": 1}).value == 100


@pytest.mark.parametrize(
    "plan", ({}, {"results": []}, {"results": None}, {"results": "x"}, {"results": [1, {}, {"id": 5}]})
)
def test_a_plan_without_results_has_no_achievement(plan: Values) -> None:
    assert of_plan(plan, {"i1": 10}).value is None


def test_a_working_names_parts_by_id_and_holds_no_words_of_people() -> None:
    plan = plan_of((100, [indicator("i1", number(10))]))
    assert "Laporan" not in repr(of_plan(plan, {"i1": 10}).working)


def test_a_scheme_says_how_its_target_is_called() -> None:
    component = PlanComponent.model_validate({**PLAN_COMPONENT, "target": "goal"})
    row = indicator("i1", {"text": "Rapi"}, goal=number(10))
    assert indicator_achievement(component, row, {"realised": 5}).value == 50


def test_a_large_plan_is_computed_at_once() -> None:
    names = [f"i{place}" for place in range(3000)]
    plan = plan_of(
        *((1, [indicator(name, number(10)) for name in names[at : at + 30]]) for at in range(0, 3000, 30))
    )
    began = time.perf_counter()
    assert of_plan(plan, dict.fromkeys(names, 5)).value == 50
    assert time.perf_counter() - began < 2
