"""Days in scripted forms lie around the day on which they are filled in; all else stays."""

import datetime as dt

import pytest

from content.forms.checking import check
from content.forms.context import FormContext
from content.forms.example import example
from content.parts import Values
from schemes.loading import builtin_names, builtin_system
from service.rehearsal.dates import dated

TODAY = dt.date(2027, 1, 20)
CONTEXT = FormContext(superior_results=frozenset({"r1"}))


@pytest.mark.parametrize("scheme", builtin_names())
def test_a_meeting_is_held_today_and_what_is_agreed_is_to_come(scheme: str) -> None:
    rules = builtin_system(scheme).content
    assert rules is not None
    form = rules.forms["meeting"]
    drawn = [example(form, rules, CONTEXT, seed=seed) for seed in range(6)]
    moved = [dated(filled, form, TODAY) for filled in drawn]
    for filled in moved:
        assert check(form, filled, rules, CONTEXT).mistakes == ()
        meeting, actions = filled["meeting"], filled["actions"]
        assert isinstance(meeting, dict)
        assert meeting["held_on"] == "2027-01-20"
        assert isinstance(actions, list)
        assert all(isinstance(each, dict) and each["until"] == "2027-04-20" for each in actions)


def test_the_decision_letter_of_an_additional_result_is_older_than_the_plan() -> None:
    rules = builtin_system("nasional").content
    assert rules is not None
    form = rules.forms["plan"]
    drawn = example(form, rules, CONTEXT)
    drawn["results"] = [{"id": "r1", "kind": "additional", "letter_date": "2030-01-01"}]
    assert dated(drawn, form, TODAY)["results"] == [
        {"id": "r1", "kind": "additional", "letter_date": "2027-01-10"}
    ]


def test_what_is_no_day_stays() -> None:
    rules = builtin_system("nasional").content
    assert rules is not None
    form = rules.forms["self_assessment"]
    drawn = example(form, rules, CONTEXT)
    assert dated(drawn, form, TODAY) == drawn


def test_a_form_of_another_shape_stays() -> None:
    rules = builtin_system("nasional").content
    assert rules is not None
    odd: Values = {"results": "kata", "behaviour": ["kata"], "attachments": 3}
    assert dated(odd, rules.forms["plan"], TODAY) == odd
