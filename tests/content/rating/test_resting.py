import pytest

from content.rating.resting import rests_on_plan
from content.rating.rules import NumericMethod
from content.rules import ContentRules
from schemes.loading import builtin_system
from tests.fixtures.content import SMALL


def rules_of(name: str) -> ContentRules:
    found = builtin_system(name).content
    assert found is not None
    return found


def test_the_numeric_scheme_computes_from_the_plan_alone() -> None:
    assert rests_on_plan(rules_of("pp30-numerik"))


@pytest.mark.parametrize("name", ("nasional", "samarinda", "gerunggang", "kotabumi-akuntabilitas"))
def test_the_matrix_rests_on_no_plan(name: str) -> None:
    assert not rests_on_plan(rules_of(name))


def test_without_a_rating_nothing_rests_on_a_plan() -> None:
    assert not rests_on_plan(ContentRules())
    assert not rests_on_plan(SMALL.model_copy(update={"forms": {}}))


def test_a_weighting_without_the_plan_is_enough_if_the_form_gives_its_parts() -> None:
    rules = rules_of("pp30-numerik")
    rating = rules.rating
    assert rating is not None
    assert isinstance(rating.method, NumericMethod)
    only_behaviour = rating.method.weightings[0].model_copy(update={"weights": {"behaviour": 100}})
    method = rating.method.model_copy(update={"weightings": (*rating.method.weightings, only_behaviour)})
    changed = rules.model_copy(update={"rating": rating.model_copy(update={"method": method})})
    assert not rests_on_plan(changed)
