"""Whether a filled form is complete and right: the same answer for the API, pages, imports and tests."""

from dataclasses import dataclass

from pydantic import JsonValue

from content.forms.between import check_between
from content.forms.bounds import survey
from content.forms.context import FormContext
from content.forms.examination import Examination
from content.forms.form import Form
from content.forms.ids import RowIds
from content.forms.mistakes import Mistake, Reason
from content.forms.sections import check_section
from content.parts import Values
from content.rules import ContentRules


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found."""

    values: Values
    """The filled form in the one way in which it is kept: sections and fields in the order of the form, every
    section there, texts without blanks around them, nothing blank, each row with an id. What does not fit
    stands as it was written, so that nothing is lost."""
    mistakes: tuple[Mistake, ...]
    """Everything that is wrong, in the order of the form; none: it may be handed in."""


def check(form: Form, filled: JsonValue, rules: ContentRules, context: FormContext) -> Checked:
    """Check a filled form. Never raises for any JSON; the work is linear in its size and ends early beyond limits.

    Checking the values that a check gave gives the same values and the same mistakes.
    """
    if not isinstance(filled, dict):
        empty = check(form, {}, rules, context).values
        return Checked(empty, (Mistake((), Reason.WRONG_TYPE, {"expected": "object"}),))
    seen = survey(filled)
    if seen.excess is not None:
        return Checked(filled, (seen.excess,))
    examination = Examination(rules, context, RowIds(seen.ids))
    values: Values = {
        section.name: check_section(section, filled.get(section.name), examination)
        for section in form.sections
    }
    for name in filled:
        if name not in values:
            examination.note((name,), Reason.UNKNOWN)
            values[name] = filled[name]
    for between in form.checks:
        check_between(between, values, examination)
    return Checked(values, tuple(examination.mistakes))
