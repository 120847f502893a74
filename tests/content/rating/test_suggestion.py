"""A suggestion shows its working and never rates."""

from dataclasses import fields
from typing import Any

import pytest

from content.parts import Values
from content.rating.outcome import Outcome
from content.rating.suggestion import Suggestion, suggestion
from tests.content.rating.builders import (
    MATRIX,
    MATRIX_RULES,
    PLAN_COMPONENT,
    indicator,
    number,
    plan_of,
    rules_of,
)

SUGGESTION: dict[str, Any] = {
    "article": "Keputusan instansi",
    "achievement": {**PLAN_COMPONENT, "weights": None},
    "scale": "expectation",
    "thresholds": [
        {"step": "above", "at_least": 91},
        {"step": "meets", "at_least": 76},
        {"step": "below", "at_least": 0},
    ],
}
RULES = rules_of(MATRIX, suggestion=SUGGESTION)
PLAN = plan_of((None, [indicator("i1", number(100))]), (None, [indicator("i2", number(100))]))


def suggested(parts: dict[str, Values], progress: dict[str, float] | None = None) -> Suggestion:
    found = suggestion(RULES, PLAN, parts, progress)
    assert found is not None
    return found


def realised(**numbers: float) -> dict[str, Values]:
    return {name: {"realised": value} for name, value in numbers.items()}


@pytest.mark.parametrize(
    ("achievement", "step"),
    ((120, "above"), (91, "above"), (90.99, "meets"), (76, "meets"), (75.99, "below"), (0, "below")),
)
def test_a_threshold_suggests_its_step(achievement: float, step: str) -> None:
    found = suggested(realised(i1=achievement, i2=achievement))
    assert (found.step, found.achievement) == (step, achievement)


def test_a_scheme_without_thresholds_suggests_nothing() -> None:
    assert suggestion(MATRIX_RULES, PLAN, realised(i1=100, i2=100)) is None


def test_what_was_noted_in_the_year_stands_in_for_what_the_form_does_not_say() -> None:
    assert suggested(realised(i1=100), {"i1": 10, "i2": 80}).achievement == 90.0


def test_an_empty_part_of_a_form_says_nothing() -> None:
    assert suggested({"i1": {}, "i2": {"realised": 100}}, {"i1": 80}).achievement == 90.0


def test_an_indicator_without_a_number_is_named_and_is_not_zero() -> None:
    found = suggested(realised(i1=95))
    assert (found.step, found.achievement) == ("above", 95.0)
    assert [mistake.path for mistake in found.missing] == [("achievement", "i2", "realised")]
    assert "absent" in [step.name for step in found.working]


def test_without_any_number_no_step_is_suggested() -> None:
    found = suggested({})
    assert (found.step, found.achievement) == (None, None)
    assert len(found.missing) == 2


def test_the_working_ends_with_the_threshold_and_whose_rule_it_is() -> None:
    last = suggested(realised(i1=80, i2=80)).working[-1]
    assert last.name == "threshold"
    assert last.numbers == {"achievement": 80.0, "at_least": 76.0}
    assert (last.result, last.article) == ("meets", "Keputusan instansi")


def test_a_suggestion_is_no_outcome_and_has_no_predicate() -> None:
    names = {field.name for field in fields(Suggestion)}
    assert "predicate" not in names
    assert not issubclass(Suggestion, Outcome)
