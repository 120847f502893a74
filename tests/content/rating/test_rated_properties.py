"""What holds for every rating: it has an outcome, more is never worth less, and nothing absent is a zero."""

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.forms.context import FormContext
from content.parts import Values
from content.rating.outcome import Outcome
from content.rating.rated import rated
from content.rating.unrated import Unrated
from content.rules import ContentRules
from tests.content.rating.builders import (
    CELLS,
    MATRIX_RULES,
    NUMERIC_RULES,
    indicator,
    number,
    overall,
    plan_of,
)

IDS = ("i1", "i2", "i3", "i4")
BEST_FIRST = ("very_good", "good", "fair", "poor", "very_poor")

amounts = st.floats(0, 1000).map(lambda value: round(value, 4))
percents = st.floats(0, 120).map(lambda value: round(value, 3))
targets = st.floats(0.01, 1000).map(lambda value: round(value, 4))
weights = st.floats(0.5, 100).map(lambda value: round(value, 2))
named = st.sampled_from(("i1", "realised", "score", "confirmed", "results", "behaviour"))
json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(10**15, 10**400)
    | st.floats()
    | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(named | st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=12,
)
sections = st.sampled_from(("overall", "achievement", "behaviour", "innovation", "effort"))
forms_of_any_kind = st.dictionaries(sections, json_values, max_size=5)


@st.composite
def plans(draw: st.DrawFn) -> FormContext:
    rows = [indicator(name, number(draw(targets)), less_is_better=draw(st.booleans())) for name in IDS]
    cut = draw(st.integers(1, 3))
    return FormContext(plan=plan_of((draw(weights), rows[:cut]), (draw(weights), rows[cut:])))


@st.composite
def rating_forms(draw: st.DrawFn) -> Values:
    return {
        "achievement": {name: {"realised": draw(amounts)} for name in IDS},
        "behaviour": {name: {"score": draw(percents)} for name in ("adaptif", "loyal")},
        "innovation": {"confirmed": draw(st.booleans())},
    }


def outcome_or_refusal(rules: ContentRules, filled: Values, context: FormContext) -> Outcome | Unrated:
    try:
        return rated(rules, filled, context)
    except Unrated as refused:
        return refused


def score_of(outcome: Outcome) -> float:
    assert outcome.score is not None
    return outcome.score


def changed(filled: Values, section: str, part: str, field: str, value: float) -> Values:
    parts = cast(dict[str, Any], filled[section])
    return {**filled, section: {**parts, part: {**parts[part], field: value}}}


def is_mirrored(context: FormContext, name: str) -> bool:
    results = cast(list[Any], cast(Values, context.plan)["results"])
    return any(
        row["less_is_better"] for result in results for row in result["indicators"] if row["id"] == name
    )


@given(plans(), rating_forms(), st.none() | percents)
def test_every_filled_form_has_one_outcome_within_the_limits(
    context: FormContext, filled: Values, survey: float | None
) -> None:
    inputs = {} if survey is None else {"survey": survey}
    outcome = rated(NUMERIC_RULES, filled, context, inputs)
    assert outcome.predicate in BEST_FIRST
    assert 0 <= score_of(outcome) <= 120
    assert outcome == rated(NUMERIC_RULES, filled, context, inputs)


@given(forms_of_any_kind, plans())
def test_whatever_a_form_holds_it_is_rated_or_refused_with_its_places(
    filled: dict[str, Any], context: FormContext
) -> None:
    for rules in (NUMERIC_RULES, MATRIX_RULES):
        found = outcome_or_refusal(rules, filled, context)
        if isinstance(found, Unrated):
            assert found.mistakes
        else:
            assert found.predicate in rules.choices_of(rules.rating.predicates if rules.rating else "")


@given(plans(), rating_forms(), st.sampled_from(IDS), amounts)
def test_raising_an_achievement_never_lowers_the_score_or_the_predicate(
    context: FormContext, filled: Values, name: str, more: float
) -> None:
    parts = cast(dict[str, Any], filled["achievement"])
    old = parts[name]["realised"]
    new = max(old - more, 0) if is_mirrored(context, name) else old + more
    before = rated(NUMERIC_RULES, filled, context)
    after = rated(NUMERIC_RULES, changed(filled, "achievement", name, "realised", new), context)
    assert score_of(after) >= score_of(before)
    assert BEST_FIRST.index(after.predicate) <= BEST_FIRST.index(before.predicate)


@given(plans(), rating_forms(), st.sampled_from(("adaptif", "loyal")), percents)
def test_raising_a_behaviour_never_lowers_the_score(
    context: FormContext, filled: Values, name: str, other: float
) -> None:
    parts = cast(dict[str, Any], filled["behaviour"])
    better = changed(filled, "behaviour", name, "score", max(parts[name]["score"], other))
    assert score_of(rated(NUMERIC_RULES, better, context)) >= score_of(rated(NUMERIC_RULES, filled, context))


@given(plans(), rating_forms())
def test_a_confirmed_innovation_never_makes_a_predicate_worse(context: FormContext, filled: Values) -> None:
    without = rated(NUMERIC_RULES, {**filled, "innovation": {"confirmed": False}}, context)
    confirmed = rated(NUMERIC_RULES, {**filled, "innovation": {"confirmed": True}}, context)
    assert BEST_FIRST.index(confirmed.predicate) <= BEST_FIRST.index(without.predicate)
    assert confirmed.score == without.score


@given(plans(), rating_forms())
def test_an_absent_survey_pulls_the_score_nowhere(context: FormContext, filled: Values) -> None:
    """Absent, the plan and the behaviour share the whole: their score lies between the two."""
    outcome = rated(NUMERIC_RULES, filled, context)
    (score,) = (step for step in outcome.working if step.name == "score")
    parts = [float(value) for value in score.numbers.values()]
    assert min(parts) - 0.01 <= score_of(outcome) <= max(parts) + 0.01


@given(plans(), rating_forms(), st.sampled_from(IDS))
def test_an_indicator_that_is_taken_out_is_asked_for_and_never_zero(
    context: FormContext, filled: Values, name: str
) -> None:
    parts = {key: part for key, part in cast(dict[str, Any], filled["achievement"]).items() if key != name}
    with pytest.raises(Unrated) as refused:
        rated(NUMERIC_RULES, {**filled, "achievement": parts}, context)
    assert [mistake.path for mistake in refused.value.mistakes] == [("achievement", name, "realised")]


@given(st.sampled_from(tuple(CELLS)), st.sampled_from(tuple(CELLS)), forms_of_any_kind)
def test_the_matrix_looks_at_its_two_ratings_and_at_nothing_else(
    results: str, behaviour: str, rest: dict[str, Any]
) -> None:
    outcome = rated(MATRIX_RULES, {**rest, **overall(results, behaviour)}, FormContext())
    assert outcome.predicate == CELLS[results][behaviour]


@given(plans(), rating_forms())
def test_an_outcome_comes_back_from_its_data_as_it_was(context: FormContext, filled: Values) -> None:
    outcome = rated(NUMERIC_RULES, filled, context)
    assert Outcome.from_data(outcome.to_data()) == outcome
