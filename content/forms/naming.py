"""What people call a place in a filled form, so that a mistake or a difference can be read."""

from collections.abc import Iterator
from typing import TypeAlias

from pydantic import JsonValue

from content.forms.context import FormContext
from content.forms.fields import Field, RowsField, Source
from content.forms.form import EachSection, Form, GroupSection
from content.forms.items import items_of
from content.forms.mistakes import Path
from content.parts import Values, Words
from content.rules import ContentRules

Named: TypeAlias = Words | int | str
"""A label, the number of a row counted from 1, or a name as it stands in the data where nothing else is known."""


def named(
    path: Path, form: Form, filled: Values, rules: ContentRules, context: FormContext
) -> tuple[Named, ...]:
    """The parts of a path as people call them: *Hasil kerja*, 3, *Indikator*, 1, *Target*.

    Takes places of rows as `check` counts them, and ids of rows as `differences` names them. What the form or
    the filled form does not have stays as it is.
    """
    if not path:
        return ()
    section = next((one for one in form.sections if one.name == path[0]), None)
    if section is None:
        return path
    if isinstance(section, GroupSection):
        return (section.label, *_of_part(path[1:], section.fields, filled.get(section.name)))
    if isinstance(section, EachSection):
        return (section.label, *_of_each(path[1:], section, filled, rules, context))
    return (section.label, *_of_rows(path[1:], section.fields, filled.get(section.name)))


def _of_part(path: Path, fields: tuple[Field, ...], part: JsonValue) -> Iterator[Named]:
    if not path:
        return
    field = next((one for one in fields if one.name == path[0]), None)
    if field is None:
        yield from path
        return
    yield field.label
    if isinstance(field, RowsField):
        inner = part.get(field.name) if isinstance(part, dict) else None
        yield from _of_rows(path[1:], field.fields, inner)
    else:
        # Of several choices the wrong one is told by its number; the parts of a target by their names.
        yield from (step + 1 if isinstance(step, int) else step for step in path[1:])


def _of_rows(path: Path, fields: tuple[Field, ...], rows: JsonValue) -> Iterator[Named]:
    if not path:
        return
    listed = rows if isinstance(rows, list) else []
    number = path[0] if isinstance(path[0], int) else _number_of(path[0], listed)
    yield path[0] if number is None else number + 1
    row = listed[number] if number is not None and number < len(listed) else None
    yield from _of_part(path[1:], fields, row)


def _of_each(
    path: Path, section: EachSection, filled: Values, rules: ContentRules, context: FormContext
) -> Iterator[Named]:
    if not path:
        return
    yield _item(section.of, path[0], rules, context)
    parts = filled.get(section.name)
    part = parts.get(str(path[0])) if isinstance(parts, dict) else None
    yield from _of_part(path[1:], section.fields, part)


def _item(source: Source, item: str | int, rules: ContentRules, context: FormContext) -> Named:
    """A value by its label, something of the plan by its number there."""
    if source is Source.VALUES:
        return next((choice.label for choice in rules.value_choices if choice.name == item), item)
    items = items_of(source, rules, context)
    return items.index(item) + 1 if isinstance(item, str) and item in items else item


def _number_of(own: str, rows: list[JsonValue]) -> int | None:
    for number, row in enumerate(rows):
        if isinstance(row, dict) and row.get("id") == own:
            return number
    return None
