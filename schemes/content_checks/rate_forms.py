"""Finds in the rating forms what rating rules refer to."""

from collections.abc import Iterator

from content.forms.fields import Field
from content.forms.form import Form, Section
from content.rating.rules import FieldPlace
from content.rules import ContentRules
from schemes.checks import Finding
from schemes.content_checks.naming import not_one_of
from schemes.document import Path
from states.triggers import Trigger


def rate_forms(content: ContentRules) -> dict[str, Form]:
    """The forms on which somebody rates, by their names."""
    return {name: form for name, form in content.forms.items() if form.trigger is Trigger.RATE}


def measuring_forms(content: ContentRules) -> dict[str, Form]:
    """The forms that hold what was realised: of a rating, and of the employee's own measuring."""
    triggers = (Trigger.RATE, Trigger.SUBMIT_SELF_ASSESSMENT)
    return {name: form for name, form in content.forms.items() if form.trigger in triggers}


def fields_at(place: FieldPlace, forms: dict[str, Form]) -> Iterator[tuple[Section, Field]]:
    """The field at ``place`` in each form that has it, with its section."""
    for form in forms.values():
        for section in form.sections:
            for field in section.fields:
                if (section.name, field.name) == (place.section, place.field):
                    yield section, field


def place_findings(here: Path, place: FieldPlace, forms: dict[str, Form]) -> Iterator[Finding]:
    """A finding where no rating form has ``place``."""
    sections = {section.name: section for form in forms.values() for section in form.sections}
    if place.section not in sections:
        yield (*here, "section"), not_one_of(place.section, sections, "sections of the rating forms")
    elif not any(True for _ in fields_at(place, forms)):
        fields = {
            field.name: None
            for form in forms.values()
            for section in form.sections
            if section.name == place.section
            for field in section.fields
        }
        yield (*here, "field"), not_one_of(place.field, fields, "fields of this section")
