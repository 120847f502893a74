import json

import pytest
from pydantic import ValidationError

from content.forms.context import FormContext
from content.parts import Values
from content.rating.outcome import Outcome
from content.rating.rated import rated
from content.rating.wording import STEP_LABELS, step
from tests.content.rating.builders import MATRIX_RULES, NUMERIC_RULES, ONE_HUNDRED, overall, scored


@pytest.mark.parametrize(
    "outcome",
    (
        rated(MATRIX_RULES, overall("above", "below"), FormContext()),
        rated(NUMERIC_RULES, scored(89.995, 71, innovation=False), ONE_HUNDRED, {"survey": 88.5}),
    ),
)
def test_an_outcome_survives_being_stored_as_json(outcome: Outcome) -> None:
    assert Outcome.from_data(json.loads(json.dumps(outcome.to_data()))) == outcome


@pytest.mark.parametrize("data", ({}, {"predicate": 5}, {"predicate": "good", "working": [{"name": "cell"}]}))
def test_what_is_no_outcome_is_refused(data: Values) -> None:
    with pytest.raises(ValidationError):
        Outcome.from_data(data)


def test_an_outcome_holds_nothing_that_somebody_wrote() -> None:
    filled = scored(100, 80) | {"reasons": {"text": "Rahasia"}}
    assert "Rahasia" not in json.dumps(rated(NUMERIC_RULES, filled, ONE_HUNDRED).to_data())


@pytest.mark.parametrize("name", sorted(STEP_LABELS))
def test_every_step_of_a_working_is_read_in_both_languages(name: str) -> None:
    label = step(name, {}, None).label
    assert label.id != label.en


def test_a_step_that_nobody_can_read_is_refused() -> None:
    with pytest.raises(KeyError):
        step("magic", {}, None)
