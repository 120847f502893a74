"""How a predicate is computed is data with names that its reader knows."""

from typing import Any

import pytest

from content.forms.context import FormContext
from content.forms.example import example
from content.rating.outcome import Outcome
from content.rating.rated import rated
from content.rules import ContentRules
from schemes.loading import builtin_system
from service.filled.titles import Titles, titles_of
from service.ratings.naming import Names
from service.ratings.schemas import ShownOutcome
from service.ratings.showing import outcome_in, shown_outcome
from states.triggers import Trigger
from translations import Locale

SCHEME = "pp30-numerik@1"


def rules_of(name: str) -> ContentRules:
    content = builtin_system(name).content
    assert content is not None
    return content


def shown(name: str, locale: Locale = Locale.ENGLISH, inputs: dict[str, float] | None = None) -> ShownOutcome:
    """The outcome of an invented plan and rating under a scheme."""
    rules = rules_of(name)
    plan_form, rating_form = rules.form_for(Trigger.SUBMIT_PLAN), rules.form_for(Trigger.RATE)
    assert plan_form is not None
    assert rating_form is not None
    plan = example(plan_form[1], rules, FormContext(superior_results=frozenset({"p1"})))
    context = FormContext(plan=plan, evidence=frozenset({"e1"}), noted={"observation": 9})
    outcome = rated(rules, example(rating_form[1], rules, context), context, inputs or {})
    return shown_outcome(outcome, Names(rules, titles_of(rules, locale, plan=plan), locale), SCHEME)


def test_a_score_is_told_step_by_step() -> None:
    outcome = shown("pp30-numerik")
    names = [step.name for step in outcome.working]
    assert outcome.score is not None
    assert names[-1] == "band"
    assert {"indicator", "result", "plan", "weighting", "score"} <= set(names)


def test_each_step_names_the_version_of_the_scheme_and_its_article() -> None:
    for step in shown("pp30-numerik").working:
        assert step.scheme == SCHEME
        assert step.article


def test_an_indicator_is_called_as_the_plan_calls_it() -> None:
    step = next(each for each in shown("pp30-numerik").working if each.name == "indicator")
    (indicator,) = [each for each in step.numbers if each.name == "indicator"]
    assert indicator.in_words != indicator.value


def test_a_component_that_is_absent_is_named_by_its_label() -> None:
    step = next(each for each in shown("pp30-numerik").working if each.name == "absent")
    (component,) = step.numbers
    assert component.label == "component"
    assert component.in_words != component.value


def test_what_a_scheme_weighs_is_called_as_the_scheme_calls_it() -> None:
    step = next(each for each in shown("pp30-numerik").working if each.name == "weighting")
    assert all(each.label != each.name for each in step.numbers)


def test_a_result_that_is_a_predicate_is_read_as_one() -> None:
    outcome = shown("pp30-numerik")
    assert outcome.working[-1].result_in_words == outcome.predicate_name


@pytest.mark.parametrize("name", ("nasional", "pp30-numerik", "samarinda"))
def test_the_working_has_the_same_numbers_in_both_languages(name: str) -> None:
    english, indonesian = shown(name), shown(name, Locale.INDONESIAN)
    values: list[Any] = [
        [(number.name, number.value) for step in each.working for number in step.numbers]
        for each in (english, indonesian)
    ]
    assert values[0] == values[1]
    assert [each.label for each in english.working] != [each.label for each in indonesian.working]


def test_what_nobody_has_named_is_called_as_the_data_calls_it() -> None:
    names = Names(rules_of("nasional"), Titles(), Locale.ENGLISH)
    assert (names.label("unknown"), names.value("unknown", "thing")) == ("unknown", "thing")
    assert names.predicate("gone") == "gone"


def test_a_name_that_only_the_caller_knows_is_used() -> None:
    names = Names(rules_of("nasional"), Titles(), Locale.ENGLISH, {"c1": "period 1"})
    assert names.label("c1") == "period 1"


def test_a_text_without_a_predicate_has_no_outcome() -> None:
    assert outcome_in({"text": "Baik"}, rules_of("nasional"), Titles(), SCHEME, Locale.ENGLISH) is None


def test_an_outcome_on_record_is_read_as_it_was_written() -> None:
    kept = Outcome("good", results="meets", behaviour="meets").to_data()
    found = outcome_in({"outcome": kept}, rules_of("nasional"), Titles(), SCHEME, Locale.ENGLISH)
    assert found is not None
    assert (found.predicate, found.results, found.score) == ("good", "meets", None)


def test_an_outcome_of_a_scheme_without_content_rules_is_not_shown() -> None:
    kept = Outcome("good").to_data()
    assert outcome_in({"outcome": kept}, None, Titles(), SCHEME, Locale.ENGLISH) is None
