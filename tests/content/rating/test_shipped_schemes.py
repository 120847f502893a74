"""The schemes that come with the program: every form that their check passes is rated."""

from itertools import product

import pytest

from content.forms.checking import check
from content.forms.context import FormContext
from content.forms.example import example
from content.forms.form import Form
from content.parts import Values
from content.rating.outcome import Outcome
from content.rating.rated import rated
from content.rating.rules import MatrixMethod, NumericMethod
from content.rating.siasn import siasn_code, siasn_codes, step_of_siasn_code
from content.rules import ContentRules
from content.sight.floors import floor_violations
from schemes.loading import builtin_names, builtin_system
from states.triggers import RatingBasis, Trigger
from tests.content.rating.test_matrix import NINE_CELLS

SYSTEMS = {name: content for name in builtin_names() if (content := builtin_system(name).content) is not None}
MATRIX_SYSTEMS = [
    name for name, rules in SYSTEMS.items() if rules.rating and isinstance(rules.rating.method, MatrixMethod)
]
FORMS = {
    f"{name}, {form}": (rules, filled_in)
    for name, rules in SYSTEMS.items()
    for form, filled_in in rules.forms.items()
    if filled_in.trigger is Trigger.RATE
}
EVERYTHING_NOTED = 366


def case_of(rules: ContentRules, basis: RatingBasis | None, seed: int) -> FormContext:
    """A case with evidence and notes, and with a plan where its rating rests on one."""
    noted = dict.fromkeys(rules.entries, EVERYTHING_NOTED)
    case = FormContext(superior_results=frozenset({"s1"}), evidence=frozenset({"e1"}), noted=noted)
    found = rules.form_for(Trigger.SUBMIT_PLAN)
    if basis is not None or found is None:
        return case
    plan = example(found[1], rules, case, seed=seed)
    return FormContext(plan=plan, evidence=frozenset({"e1"}), noted=noted)


def rate(rules: ContentRules, form: Form, seed: int) -> Outcome:
    case = case_of(rules, form.basis, seed)
    filled = check(form, example(form, rules, case, seed=seed), rules, case)
    assert filled.mistakes == ()
    return rated(rules, filled.values, case)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("form", FORMS)
def test_what_the_check_of_a_form_passes_has_a_predicate_with_its_working(form: str, seed: int) -> None:
    rules, rating_form = FORMS[form]
    outcome = rate(rules, rating_form, seed)
    assert rules.rating is not None
    assert outcome.predicate in rules.choices_of(rules.rating.predicates)
    assert outcome.working[-1 - len(outcome.apart)].result == outcome.predicate
    assert Outcome.from_data(outcome.to_data()) == outcome


@pytest.mark.parametrize("form", FORMS)
def test_every_step_of_a_working_rests_on_an_article_or_moves_nothing(form: str) -> None:
    outcome = rate(*FORMS[form], seed=1)
    assert [step.name for step in outcome.working if step.article is None and step.name != "apart"] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_score_stands_only_where_the_method_computes_one(form: str) -> None:
    rules, rating_form = FORMS[form]
    assert rules.rating is not None
    computes = isinstance(rules.rating.method, NumericMethod)
    assert (rate(rules, rating_form, seed=2).score is not None) is computes


@pytest.mark.parametrize(("results", "behaviour", "predicate"), NINE_CELLS)
@pytest.mark.parametrize("system", MATRIX_SYSTEMS)
def test_a_shipped_matrix_is_that_of_the_law(
    system: str, results: str, behaviour: str, predicate: str
) -> None:
    overall: Values = {"overall": {"results": results, "behaviour": behaviour}}
    assert rated(SYSTEMS[system], overall, FormContext()).predicate == predicate


@pytest.mark.parametrize("system", MATRIX_SYSTEMS)
def test_what_a_shipped_matrix_gives_can_be_exchanged_in_both_directions(system: str) -> None:
    rules = SYSTEMS[system]
    assert rules.rating is not None
    scale = rules.scales[rules.rating.predicates]
    for results, behaviour in product(("above", "meets", "below"), repeat=2):
        outcome = rated(rules, {"overall": {"results": results, "behaviour": behaviour}}, FormContext())
        codes = siasn_codes(rules, outcome)
        assert step_of_siasn_code(scale, codes.predicate) == outcome.predicate
    assert siasn_code(scale, scale.names[0]) == 1


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_shipped_scheme_promises_what_a_floor_forbids(system: str) -> None:
    assert floor_violations(SYSTEMS[system].sight) == []
