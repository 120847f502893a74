"""Scripted ratings are complete, and such as most people get."""

from collections import Counter

import pytest

from content.forms.checking import check
from content.forms.context import FormContext
from content.forms.example import example
from content.parts import Values
from content.rating.rated import rated
from content.rules import ContentRules
from schemes.loading import builtin_names, builtin_system
from service.rehearsal.ratings import usual_rating

SEEDS = range(24)


def case_of(scheme: str) -> tuple[ContentRules, FormContext]:
    rules = builtin_system(scheme).content
    assert rules is not None
    superior = frozenset({"r1"})
    plan = example(rules.forms["plan"], rules, FormContext(superior_results=superior))
    return rules, FormContext(plan=plan, superior_results=superior, noted={"observation": 4})


def ratings_of(scheme: str) -> list[Values]:
    rules, context = case_of(scheme)
    form = rules.forms["rating"]
    return [
        usual_rating(example(form, rules, context, seed=seed), form, rules, context, f"kasus-{seed}")
        for seed in SEEDS
    ]


@pytest.mark.parametrize("scheme", builtin_names())
def test_a_usual_rating_is_complete(scheme: str) -> None:
    rules, context = case_of(scheme)
    for filled in ratings_of(scheme):
        assert check(rules.forms["rating"], filled, rules, context).mistakes == ()


@pytest.mark.parametrize("scheme", builtin_names())
def test_most_people_are_good(scheme: str) -> None:
    rules, context = case_of(scheme)
    predicates = Counter(rated(rules, filled, context).predicate for filled in ratings_of(scheme))
    assert predicates["good"] > len(SEEDS) / 2


def test_scores_lie_around_what_was_expected() -> None:
    rules, context = case_of("pp30-numerik")
    scores = [rated(rules, filled, context).score for filled in ratings_of("pp30-numerik")]
    assert all(score is not None and 85 <= score <= 120 for score in scores)
    assert len(set(scores)) > len(SEEDS) / 2


def test_most_skills_are_as_the_post_asks_and_some_people_have_weaknesses() -> None:
    levels: Counter[str] = Counter()
    for filled in ratings_of("tangsel-kompetensi"):
        skills = filled["skills"]
        assert isinstance(skills, dict)
        levels.update(str(part["level"]) for part in skills.values() if isinstance(part, dict))
    usual = levels["capable"] + levels["proficient"]
    assert usual > levels.total() * 3 / 4
    assert 0 < levels["developing"] + levels["basic"] < levels.total() / 5


def test_a_rating_without_a_method_stays_as_it_was() -> None:
    rules, context = case_of("nasional")
    without = rules.model_copy(update={"rating": None})
    form = rules.forms["rating"]
    filled = example(form, rules, context)
    assert usual_rating(filled, form, without, context, "kasus") is filled


def test_a_form_that_would_lose_its_completeness_stays_as_it_was() -> None:
    """In Samarinda an extreme rating needs evidence, and this case has none."""
    for filled in ratings_of("samarinda"):
        overall = filled["overall"]
        assert isinstance(overall, dict)
        assert overall["results"] == overall["behaviour"] == "meets"
