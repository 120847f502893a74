"""Process and effort are rated apart, shown apart, and never move the predicate."""

import pytest

from content.forms.context import FormContext
from content.parts import Values
from content.rating.rated import rated
from tests.content.rating.builders import MATRIX, MATRIX_RULES, overall, place, rules_of, words

EFFORT = {"name": "effort", "label": words("Upaya"), "of": place("effort.quality"), "scale": "quality"}
RULES = rules_of(MATRIX, apart=[EFFORT])


def effort(**ratings: str) -> Values:
    return {"effort": {name: {"quality": rating} for name, rating in ratings.items()}}


@pytest.mark.parametrize("quality", ("strong", "steady", "weak"))
def test_what_is_rated_apart_stands_beside_an_unmoved_predicate(quality: str) -> None:
    with_effort = rated(RULES, overall("above", "above") | {"effort": {"quality": quality}}, FormContext())
    without = rated(MATRIX_RULES, overall("above", "above"), FormContext())
    assert with_effort.apart == {"effort": quality}
    assert with_effort.predicate == without.predicate


@pytest.mark.parametrize(
    ("ratings", "median"),
    (
        ({"h1": "strong"}, "strong"),
        ({"h1": "strong", "h2": "weak", "h3": "strong"}, "strong"),
        ({"h1": "strong", "h2": "steady", "h3": "weak"}, "steady"),
        ({"h1": "strong", "h2": "steady"}, "steady"),
        ({"h1": "strong", "h2": "strong", "h3": "weak", "h4": "weak"}, "weak"),
    ),
)
def test_of_several_parts_the_middle_step_is_shown_and_of_two_the_worse(
    ratings: dict[str, str], median: str
) -> None:
    assert rated(RULES, overall("meets", "meets") | effort(**ratings), FormContext()).apart == {
        "effort": median
    }


def test_the_working_counts_the_parts_by_step() -> None:
    outcome = rated(
        RULES, overall("meets", "meets") | effort(h1="strong", h2="weak", h3="weak"), FormContext()
    )
    assert outcome.working[-1].name == "apart"
    assert outcome.working[-1].numbers == {"rated": "effort", "strong": 1.0, "weak": 2.0}


def test_what_nobody_rated_apart_is_not_shown_at_all() -> None:
    outcome = rated(RULES, overall("meets", "meets") | effort(h1="superb"), FormContext())
    assert outcome.apart == {}
    assert [step.name for step in outcome.working] == ["cell"]
