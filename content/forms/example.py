"""A valid filled form for any form of any scheme."""

from typing import Literal

from pydantic import JsonValue

from content.forms.context import FormContext
from content.forms.form import EachSection, Form, GroupSection, Section
from content.forms.items import items_of
from content.forms.samples.drawing import Drawing
from content.forms.samples.part import Wish, sample_part, sample_rows
from content.forms.samples.wishes import parts_needed, wishes_for
from content.parts import Values
from content.rules import ContentRules


def example(
    form: Form,
    rules: ContentRules,
    context: FormContext,
    *,
    seed: int = 0,
    locale: Literal["id", "en"] = "id",
) -> Values:
    """A filled form in which `check` finds no mistake, as far as the case allows one; the same for the same seed.

    What the case itself lacks, no form can have: notes that must be written first, the plan of a superior whom
    the scheme does not let anybody wait for, evidence for a field that always asks for some.
    """
    drawing = Drawing(rules, context, seed, locale)
    return {section.name: _sample_section(section, form, drawing) for section in form.sections}


def _sample_section(section: Section, form: Form, drawing: Drawing) -> JsonValue:
    place = (section.name,)
    if isinstance(section, GroupSection):
        return sample_part(section.fields, Wish(), drawing, place)
    if isinstance(section, EachSection):
        items = items_of(section.of, drawing.rules, drawing.context)
        wishes = wishes_for(section, form, len(items), drawing.rules, drawing.context)
        return {
            item: sample_part(section.fields, wish, drawing, (*place, item))
            for item, wish in zip(items, wishes, strict=True)
        }
    needed = max(section.at_least, parts_needed(section, form))
    count = min(section.at_most, needed or 1 + drawing.number(2, *place))
    wishes = wishes_for(section, form, count, drawing.rules, drawing.context)
    return sample_rows(section.fields, count, wishes, drawing, place)
