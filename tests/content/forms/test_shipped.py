"""The forms of the shipped schemes can be filled in, and what they publish of themselves is true."""

import pytest
from jsonschema import Draft202012Validator

from content.forms.checking import check
from content.forms.context import FormContext
from content.forms.example import example
from content.forms.filled_schema import filled_schema
from content.rules import ContentRules
from schemes.loading import builtin_names, builtin_system
from states.triggers import Trigger
from tests.content.forms.generated import PLAN


def rules_of(scheme: str) -> ContentRules:
    rules = builtin_system(scheme).content
    assert rules is not None
    return rules


FORMS = [(scheme, name) for scheme in builtin_names() for name in rules_of(scheme).forms]


@pytest.mark.parametrize("evidence", (frozenset(), frozenset({"e1", "e2"})), ids=("without", "with"))
@pytest.mark.parametrize("echelon", ("21", "31"))
@pytest.mark.parametrize(("scheme", "name"), FORMS)
def test_a_shipped_form_has_valid_examples(
    scheme: str, name: str, echelon: str, evidence: frozenset[str]
) -> None:
    rules = rules_of(scheme)
    form = rules.forms[name]
    noted = dict.fromkeys(rules.entries, 9)
    schema = Draft202012Validator(filled_schema(form, rules))
    for seed in range(5):
        case = FormContext(plan=PLAN, evidence=evidence, noted=noted, echelon=echelon)
        checked = check(form, example(form, rules, case, seed=seed), rules, case)
        assert checked.mistakes == ()
        assert [error.message for error in schema.iter_errors(checked.values)] == []


@pytest.mark.parametrize("scheme", builtin_names())
def test_an_empty_plan_is_refused_in_every_scheme(scheme: str) -> None:
    rules = rules_of(scheme)
    found = rules.form_for(Trigger.SUBMIT_PLAN)
    assert found is not None
    paths = [mistake.path for mistake in check(found[1], {}, rules, FormContext()).mistakes]
    assert (rules.plan.results,) in paths
