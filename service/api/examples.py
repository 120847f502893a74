"""Examples of filled forms for the API's documentation, made from the national scheme."""

from functools import cache
from types import MappingProxyType
from typing import Any

from content.forms.context import FormContext
from content.forms.example import example
from content.parts import Values
from content.rules import ContentRules
from schemes.loading import builtin_system
from service.appraisals.request import ActionRequest
from service.drafts.schemas import NewDraft
from service.forms.schemas import FilledForm
from states.triggers import Trigger

SCHEME = "nasional"

ABOVE = FormContext(superior_results=frozenset({"h1"}))
"""The case of the example's plan: the rater has a plan with one result."""

_WORDS = {"text": "SKP tahun ini memuat pelayanan perizinan"}


@cache
def form_examples() -> MappingProxyType[Trigger, Values]:
    """A filled form that would be accepted for each action that hands one in; the later ones are about the plan."""
    rules = _rules()
    plan = _filled(Trigger.SUBMIT_PLAN, rules, ABOVE)
    later = FormContext(plan=plan)
    found = {
        form.trigger: _filled(form.trigger, rules, later)
        for form in rules.forms.values()
        if form.basis is None and form.trigger is not Trigger.SUBMIT_PLAN
    }
    return MappingProxyType({Trigger.SUBMIT_PLAN: plan, **found})


def add_examples(schemas: dict[str, Any]) -> None:
    """Puts the examples into the schemas of the bodies that carry filled forms."""
    plan, rating = (form_examples()[trigger] for trigger in (Trigger.SUBMIT_PLAN, Trigger.RATE))
    bodies: dict[str, list[dict[str, Any]]] = {
        ActionRequest.__name__: [{"content": plan}, {"content": rating}, _WORDS],
        FilledForm.__name__: [{"content": plan}, {"content": rating}],
        NewDraft.__name__: [{"content": plan, "version": 0}, {"content": rating, "version": 0}],
    }
    for name, examples in bodies.items():
        schemas[name]["examples"] = examples
        content = schemas[name]["properties"]["content"]
        content["examples"] = [plan, rating]
        content["description"] = (
            "A filled form: sections by name. `GET /api/v1/appraisals/{appraisal_id}/forms/{form}` has the JSON "
            f"Schema of each form of a case; the examples are a plan and a rating of the scheme `{SCHEME}`."
        )


def _rules() -> ContentRules:
    rules = builtin_system(SCHEME).content
    if rules is None:
        raise LookupError(f"the scheme {SCHEME} has no forms")
    return rules


def _filled(trigger: Trigger, rules: ContentRules, context: FormContext) -> Values:
    found = rules.form_for(trigger)
    if found is None:
        raise LookupError(f"the scheme {SCHEME} has no form to {trigger}")
    return example(found[1], rules, context)
