"""What must hold between the rating rules of a scheme and its forms and scales."""

from collections.abc import Iterator

from content.forms.fields import ChoiceField
from content.forms.form import Form
from content.rating.rules import MatrixMethod, RatingRules
from content.rules import ContentRules
from schemes.checks import Finding
from schemes.content_checks.distribution import distribution_findings
from schemes.content_checks.matrix import matrix_findings
from schemes.content_checks.naming import not_one_of, twice
from schemes.content_checks.numeric import numeric_findings
from schemes.content_checks.rate_forms import fields_at, place_findings, rate_forms
from schemes.content_checks.suggestion import suggestion_findings
from schemes.document import Path
from states.triggers import Trigger


def rating_findings(content: ContentRules) -> Iterator[Finding]:
    """Every contradiction in the rating rules; without them no form rates."""
    rules = content.rating
    if rules is None:
        for name, form in content.forms.items():
            if form.trigger is Trigger.RATE:
                yield ("forms", name, "trigger"), "rates, but there are no rating rules (rating)"
        return
    forms = rate_forms(content)
    if content.form_for(Trigger.RATE) is None:
        yield ("rating", "method"), "has no form to rate on: no form has the trigger rate and no basis"
    if rules.predicates not in content.scales:
        yield ("rating", "predicates"), not_one_of(rules.predicates, content.scales, "scales")
        return
    yield from _method(rules, forms, content)
    yield from _apart(rules, forms, content)
    yield from suggestion_findings(rules, content)
    yield from distribution_findings(rules, content)
    if rules.part_years == "months":
        for at, step in enumerate(content.scales[rules.predicates].steps):
            if step.number is None:
                here: Path = ("scales", rules.predicates, "steps", at)
                yield (*here, "number"), "is required: rating.part_years counts months on these numbers"


def _method(rules: RatingRules, forms: dict[str, Form], content: ContentRules) -> Iterator[Finding]:
    if isinstance(rules.method, MatrixMethod):
        yield from matrix_findings(rules.method, rules.predicates, forms, content)
    else:
        yield from numeric_findings(rules.method, rules.predicates, forms, content)


def _apart(rules: RatingRules, forms: dict[str, Form], content: ContentRules) -> Iterator[Finding]:
    here: Path = ("rating", "apart")
    yield from twice(
        (((*here, at, "name"), each.name) for at, each in enumerate(rules.apart)), "rating apart"
    )
    for at, each in enumerate(rules.apart):
        if each.scale not in content.scales:
            yield (*here, at, "scale"), not_one_of(each.scale, content.scales, "scales")
        yield from place_findings((*here, at, "of"), each.of, forms)
        for _, field in fields_at(each.of, forms):
            if not (isinstance(field, ChoiceField) and field.of == each.scale):
                yield (*here, at, "of", "field"), f"{field.name!r} is no choice of the scale {each.scale}"
