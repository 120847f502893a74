"""The numbers of SIASN, in which 1 is the best step, in both directions."""

import pytest

from content.forms.context import FormContext
from content.rating.outcome import Outcome
from content.rating.rated import rated
from content.rating.siasn import NotExchangeable, SiasnCodes, siasn_code, siasn_codes, step_of_siasn_code
from content.scales import Scale
from tests.content.rating.builders import (
    MATRIX_RULES,
    NUMERIC_RULES,
    ONE_HUNDRED,
    SCALES,
    overall,
    scored,
    words,
)

RATINGS = (("above", 1), ("meets", 2), ("below", 3))
PREDICATES = (("very_good", 1), ("good", 2), ("needs_improvement", 3), ("poor", 4), ("very_poor", 5))


@pytest.mark.parametrize(("name", "code"), RATINGS)
def test_a_rating_has_its_number_in_both_directions(name: str, code: int) -> None:
    scale = Scale.model_validate(SCALES["expectation"])
    assert siasn_code(scale, name) == code
    assert step_of_siasn_code(scale, code) == name


@pytest.mark.parametrize(("name", "code"), PREDICATES)
def test_a_predicate_has_its_number_in_both_directions(name: str, code: int) -> None:
    scale = Scale.model_validate(SCALES["predicate"])
    assert siasn_code(scale, name) == code
    assert step_of_siasn_code(scale, code) == name


@pytest.mark.parametrize(
    ("results", "behaviour", "codes"),
    (
        ("above", "above", SiasnCodes(1, 1, 1)),
        ("above", "meets", SiasnCodes(1, 2, 2)),
        ("above", "below", SiasnCodes(1, 3, 4)),
        ("meets", "above", SiasnCodes(2, 1, 2)),
        ("meets", "meets", SiasnCodes(2, 2, 2)),
        ("meets", "below", SiasnCodes(2, 3, 4)),
        ("below", "above", SiasnCodes(3, 1, 3)),
        ("below", "meets", SiasnCodes(3, 2, 3)),
        ("below", "below", SiasnCodes(3, 3, 5)),
    ),
)
def test_the_three_numbers_of_an_outcome(results: str, behaviour: str, codes: SiasnCodes) -> None:
    assert siasn_codes(MATRIX_RULES, rated(MATRIX_RULES, overall(results, behaviour), FormContext())) == codes


@pytest.mark.parametrize("code", (0, 4, -1))
def test_a_number_that_no_step_has_is_refused(code: int) -> None:
    with pytest.raises(NotExchangeable):
        step_of_siasn_code(Scale.model_validate(SCALES["expectation"]), code)


def test_a_step_that_the_scale_does_not_know_is_refused() -> None:
    with pytest.raises(NotExchangeable):
        siasn_code(Scale.model_validate(SCALES["expectation"]), "superb")


def test_a_step_without_a_number_is_refused() -> None:
    steps = [{"name": name, "label": words(name)} for name in ("high", "low")]
    with pytest.raises(NotExchangeable):
        siasn_code(Scale.model_validate({"label": words("scale"), "steps": steps}), "high")


def test_a_score_has_no_two_ratings_to_exchange() -> None:
    with pytest.raises(NotExchangeable):
        siasn_codes(NUMERIC_RULES, rated(NUMERIC_RULES, scored(90, 90), ONE_HUNDRED))


def test_an_outcome_without_ratings_is_not_exchanged_by_guessing() -> None:
    with pytest.raises(NotExchangeable):
        siasn_codes(MATRIX_RULES, Outcome("good"))
