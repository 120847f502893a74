"""Which forms a case has."""

from content.forms.form import Form
from content.rules import ContentRules
from states.appraisal import Appraisal
from states.triggers import Trigger


def forms_of(rules: ContentRules, appraisal: Appraisal) -> dict[str, Form]:
    """The forms of a case by name, in the order of the scheme.

    A rating that rests on something else than a plan has a form of its own (PP 30/2019 arts 43 and 44).
    """
    return {name: form for name, form in rules.forms.items() if form.basis == basis_for(form, appraisal)}


def basis_for(form: Form, appraisal: Appraisal) -> str | None:
    """The basis that a form must name to be the one of this case."""
    return appraisal.basis if form.trigger is Trigger.RATE else None
