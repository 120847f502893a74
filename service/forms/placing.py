"""Where in a form something is, in words: “Hasil kerja 2 › Indikator 1 › Target”."""

from content.forms.fields import Field, RowsField, Source
from content.forms.form import EachSection, Form
from content.forms.mistakes import Path
from content.rules import ContentRules
from service.wording import in_words
from translations import Locale

BETWEEN = " › "


def place_in_words(path: Path, form: Form, rules: ContentRules, locale: Locale) -> str:
    """The place as its reader finds it on a page; empty for the form as a whole.

    Rows are counted from 1. What the form does not know stands as it was written.
    """
    section = next((each for each in form.sections if path[:1] == (each.name,)), None)
    if section is None:
        return BETWEEN.join(map(str, path))
    label, rest = in_words(section.label, locale), path[1:]
    if rest and isinstance(rest[0], int):
        label, rest = f"{label} {rest[0] + 1}", rest[1:]
    steps = [label]
    if rest and isinstance(section, EachSection):
        steps.append(_item(section, str(rest[0]), rules, locale))
        rest = rest[1:]
    return BETWEEN.join([*steps, *_inside(rest, section.fields, locale)])


def _item(section: EachSection, item: str, rules: ContentRules, locale: Locale) -> str:
    """The label of a value or a skill; rows of the plan have only their id here."""
    known = {Source.VALUES: rules.value_choices, Source.SKILLS: rules.skill_choices}.get(section.of, ())
    return next((in_words(each.label, locale) for each in known if each.name == item), item)


def _inside(path: Path, fields: tuple[Field, ...], locale: Locale) -> list[str]:
    field = next((each for each in fields if path[:1] == (each.name,)), None)
    if field is None:
        return [str(part) for part in path]
    label, rest = in_words(field.label, locale), path[1:]
    if rest and isinstance(rest[0], int):
        label, rest = f"{label} {rest[0] + 1}", rest[1:]
    if isinstance(field, RowsField):
        return [label, *_inside(rest, field.fields, locale)]
    # What is inside a value, such as the unit of a target, the sentence itself names.
    return [label]
