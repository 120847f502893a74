"""Which weaknesses were named when a result was handed over. Pure."""

from content.forms.fields import ChoiceField
from content.forms.form import GroupSection
from content.parts import Values
from content.rules import ContentRules
from states.triggers import Trigger

FIELD = "weaknesses"
"""How the form of a meeting calls the field that names them from the list of the scheme."""


def named_weaknesses(rules: ContentRules, filled: Values | None) -> tuple[str, ...]:
    """The weaknesses in a filled form, by name; none where the form has only words for them, or was not filled in."""
    found = rules.form_for(Trigger.DELIVER_RESULT)
    if found is None or filled is None:
        return ()
    _, form = found
    section = next(
        (
            section.name
            for section in form.sections
            if isinstance(section, GroupSection)
            and any(isinstance(field, ChoiceField) and field.name == FIELD for field in section.fields)
        ),
        None,
    )
    group = None if section is None else filled.get(section)
    chosen = group.get(FIELD) if isinstance(group, dict) else None
    if isinstance(chosen, str):
        return (chosen,)
    return tuple(str(each) for each in chosen) if isinstance(chosen, list) else ()
