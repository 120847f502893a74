"""Which forms a case has."""

from content.forms.form import Form
from content.rules import ContentRules
from states.appraisal import Appraisal
from states.triggers import RatingBasis, Trigger

_TURN = {trigger: turn for turn, trigger in enumerate(Trigger)}


def forms_of(rules: ContentRules, appraisal: Appraisal) -> dict[str, Form]:
    """The forms of a case by name, in the order in which they are handed in.

    A rating that rests on something else than a plan has a form of its own (PP 30/2019 arts 43 and 44).
    """
    # The database keeps no order of names, so that of the scheme's file is not known here.
    in_order = sorted(rules.forms.items(), key=lambda item: (_TURN[item[1].trigger], item[0]))
    return {name: form for name, form in in_order if form.basis is _basis_for(form, appraisal)}


def _basis_for(form: Form, appraisal: Appraisal) -> RatingBasis | None:
    """The basis that a form must name to be the one of this case."""
    return appraisal.basis if form.trigger is Trigger.RATE else None
