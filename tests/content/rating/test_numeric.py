"""The score of PP 30/2019 art 41: weights, caps, thresholds, and what is absent."""

from typing import Any

import pytest

from content.forms.context import FormContext
from content.forms.mistakes import Reason
from content.parts import Values
from content.rating.outcome import Outcome, WorkingStep
from content.rating.rated import rated
from content.rating.unrated import Unrated
from tests.content.rating.builders import (
    NUMERIC,
    NUMERIC_RULES,
    ONE_HUNDRED,
    indicator,
    number,
    place,
    plan_of,
    rules_of,
    scored,
)


def outcome_at(score: float, **more: Any) -> Outcome:
    """The outcome of somebody whose plan and behaviour both stand at one number."""
    return rated(NUMERIC_RULES, scored(score, score, **more), ONE_HUNDRED)


def steps(outcome: Outcome, name: str) -> list[WorkingStep]:
    return [step for step in outcome.working if step.name == name]


@pytest.mark.parametrize(
    ("score", "innovation", "predicate"),
    (
        (120, True, "very_good"),
        (110, True, "very_good"),
        (109.99, True, "good"),
        (120, False, "good"),
        (110, False, "good"),
        (110, None, "good"),
        (90, None, "good"),
        (90, True, "good"),
        (89.99, True, "fair"),
        (89.99, None, "fair"),
        (70, None, "fair"),
        (69.99, None, "poor"),
        (50, None, "poor"),
        (49.99, None, "very_poor"),
        (0, None, "very_poor"),
        (0, True, "very_poor"),
    ),
)
def test_a_score_falls_into_its_band(score: float, innovation: bool | None, predicate: str) -> None:
    outcome = outcome_at(score, innovation=innovation)
    assert (outcome.predicate, outcome.score) == (predicate, score)


def test_without_an_innovation_the_working_names_the_condition_that_is_not_met() -> None:
    (condition,) = steps(outcome_at(110), "condition")
    assert condition.numbers == {"band": "very_good", "needs": "innovation.confirmed"}
    assert condition.result is None


def test_the_band_below_a_condition_that_is_not_met_applies_whatever_its_own_limits() -> None:
    (band,) = steps(outcome_at(115), "band")
    assert (band.numbers, band.result) == ({"score": 115.0, "at_least": 90.0}, "good")


def test_a_score_over_120_is_capped() -> None:
    outcome = rated(NUMERIC_RULES, scored(120, 150, innovation=True), ONE_HUNDRED)
    assert (outcome.score, outcome.predicate) == (120.0, "very_good")
    (cap,) = steps(outcome, "cap")
    assert (cap.numbers, cap.result) == ({"score": 129.0, "cap": 120.0}, 120.0)


def test_an_indicator_over_120_is_capped_before_it_is_weighed() -> None:
    outcome = rated(NUMERIC_RULES, scored(500, 80), ONE_HUNDRED)
    assert outcome.score == 108.0


def test_without_a_survey_the_plan_counts_70_and_the_behaviour_30() -> None:
    outcome = rated(NUMERIC_RULES, scored(100, 80), ONE_HUNDRED)
    assert outcome.score == 94.0
    (weighting,) = steps(outcome, "weighting")
    assert (weighting.numbers, weighting.article) == (
        {"plan": 70.0, "behaviour": 30.0},
        "PP 30/2019 art 41(3)",
    )


def test_with_a_survey_60_and_40_of_which_the_rater_has_60_and_the_survey_40() -> None:
    outcome = rated(NUMERIC_RULES, scored(100, 80), ONE_HUNDRED, {"survey": 90})
    assert outcome.score == 93.6
    (weighting,) = steps(outcome, "weighting")
    assert weighting.article == "PP 30/2019 art 41(4)"
    assert steps(outcome, "absent") == []


def test_an_absent_survey_is_named_and_is_not_zero() -> None:
    outcome = rated(NUMERIC_RULES, scored(100, 100), ONE_HUNDRED)
    (absent,) = steps(outcome, "absent")
    assert absent.numbers == {"component": "survey"}
    assert absent.result is None
    assert outcome.score == 100.0


def test_a_survey_of_zero_is_a_number_and_counts() -> None:
    outcome = rated(NUMERIC_RULES, scored(100, 100), ONE_HUNDRED, {"survey": 0})
    assert outcome.score == 84.0


def test_an_input_that_is_no_number_is_absent() -> None:
    outcome = rated(NUMERIC_RULES, scored(100, 100), ONE_HUNDRED, {"survey": float("nan")})
    assert outcome.score == 100.0


def test_without_a_plan_no_weighting_fits_and_the_place_is_named() -> None:
    with pytest.raises(Unrated) as refused:
        rated(NUMERIC_RULES, scored(100, 100), FormContext())
    assert [(each.path, each.reason) for each in refused.value.mistakes] == [
        (("achievement",), Reason.MISSING)
    ]


def test_without_any_behaviour_no_weighting_fits() -> None:
    filled: Values = {"achievement": {"i1": {"realised": 100}}}
    with pytest.raises(Unrated, match=r"^behaviour: missing$"):
        rated(NUMERIC_RULES, filled, ONE_HUNDRED)


def test_what_no_weighting_goes_without_is_asked_for_by_the_least_demanding_one() -> None:
    rules = rules_of({**NUMERIC, "weightings": [NUMERIC["weightings"][0]]}, "score_predicate")
    with pytest.raises(Unrated, match=r"^inputs\.survey: missing$"):
        rated(rules, scored(100, 100), ONE_HUNDRED)


def test_an_indicator_without_a_number_is_asked_for_and_not_passed_over() -> None:
    plan = plan_of((100, [indicator("i1", number(10)), indicator("i2", number(10))]))
    with pytest.raises(Unrated, match=r"^achievement\.i2\.realised: missing$"):
        rated(NUMERIC_RULES, scored(10, 100), FormContext(plan=plan))


def test_a_value_that_nobody_rated_is_left_out_of_the_mean_and_counted_in_the_working() -> None:
    filled = scored(100, 80)
    filled["behaviour"] = {"adaptif": {"score": 80}, "loyal": {}, "kompeten": {"score": 100}}
    outcome = rated(NUMERIC_RULES, filled, ONE_HUNDRED)
    (average,) = steps(outcome, "average")
    assert average.numbers == {"component": "behaviour", "counted": 2, "absent": 1}
    assert average.result == 90.0


def test_half_a_hundredth_goes_up_to_the_band_above() -> None:
    outcome = outcome_at(89.995)
    assert (outcome.score, outcome.predicate) == (90.0, "good")
    (rounding,) = steps(outcome, "rounded")
    assert rounding.numbers == {"decimals": 2}


@pytest.mark.parametrize("score", (1.005, 2.675, 69.995, 89.995, 109.995))
def test_half_goes_up_where_binary_fractions_would_go_down(score: float) -> None:
    assert outcome_at(score).score == pytest.approx(score + 0.005, abs=1e-9)


def test_thirds_that_sum_to_a_half_are_rounded_as_on_paper() -> None:
    thirds = [indicator(name, number(3)) for name in ("i1", "i2", "i3")]
    # 66.66..., 100 and 103.31833... have the mean 89.995: no single one of them ends, their sum does.
    realised = {"i1": 2, "i2": 3, "i3": 3.09955}
    filled: Values = {
        "achievement": {name: {"realised": value} for name, value in realised.items()},
        "behaviour": {"adaptif": {"score": 89.995}},
    }
    outcome = rated(NUMERIC_RULES, filled, FormContext(plan=plan_of((100, thirds))))
    assert (outcome.score, outcome.predicate) == (90.0, "good")


def test_a_score_that_needs_no_rounding_has_no_such_step() -> None:
    assert steps(outcome_at(89.99), "rounded") == []


def test_steps_of_a_scale_count_what_the_scale_says() -> None:
    component = {**NUMERIC["components"][1], "of": place("effort.quality")}
    rules = rules_of(
        {**NUMERIC, "components": [NUMERIC["components"][0], component, NUMERIC["components"][2]]},
        "score_predicate",
    )
    filled = scored(100, 0) | {"effort": {"h1": {"quality": "strong"}, "h2": {"quality": "weak"}}}
    assert rated(rules, filled, ONE_HUNDRED).score == 92.5


def test_a_record_of_a_university_is_weighed_by_a_weighting_of_its_own() -> None:
    """Study leave: no plan; the record counts 60 and what the university says of the behaviour 40."""
    record = {
        "kind": "average",
        "name": "record",
        "label": {"id": "IPK", "en": "Record"},
        "of": place("record.points"),
        "article": "PP 30/2019 art 43",
    }
    study = {"article": "PP 30/2019 art 43", "weights": {"record": 60, "behaviour": 40}}
    rules = rules_of(
        {
            **NUMERIC,
            "components": [*NUMERIC["components"], record],
            "weightings": [*NUMERIC["weightings"], study],
        },
        "score_predicate",
    )
    filled: Values = {"record": {"points": 95}, "behaviour": {"adaptif": {"score": 90}}}
    outcome = rated(rules, filled, FormContext())
    assert outcome.score == 93.0
    assert [step.numbers["component"] for step in steps(outcome, "absent")] == ["plan", "survey"]


def test_weights_apply_as_shares_of_their_sum() -> None:
    halves = {"article": "PP 30/2019 art 41", "weights": {"plan": 1, "behaviour": 1}}
    rules = rules_of({**NUMERIC, "weightings": [halves]}, "score_predicate")
    assert rated(rules, scored(100, 80), ONE_HUNDRED).score == 90.0


def test_the_working_leads_from_the_numbers_to_the_predicate() -> None:
    outcome = rated(NUMERIC_RULES, scored(120, 100, innovation=True), ONE_HUNDRED)
    assert [(step.name, step.result) for step in outcome.working] == [
        ("indicator", 120.0),
        ("result", 120.0),
        ("plan", 120.0),
        ("average", 100.0),
        ("absent", None),
        ("weighting", None),
        ("score", 114.0),
        ("band", "very_good"),
    ]
    assert all(step.article for step in outcome.working)
