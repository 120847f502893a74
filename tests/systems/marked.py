"""Marks in what people write, by which a text is found again wherever it is shown."""

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import JsonValue

from content.forms.fields import ChoiceField, Field, RowsField, TextField
from content.forms.form import EachSection, Form, RowsSection
from content.parts import Values
from content.rules import ContentRules


def mark(kind: str) -> str:
    """A word that stands nowhere else."""
    return f"zq{kind}qz"


def marked(form: Form, filled: Values, kind: str) -> Values:
    """A filled form in which every text bears the mark of its kind, whatever field it is in."""
    result = dict(filled)
    for section in form.sections:
        parts = filled.get(section.name)
        if isinstance(section, RowsSection):
            result[section.name] = _rows(section.fields, parts, kind)
        elif isinstance(section, EachSection) and isinstance(parts, dict):
            result[section.name] = {item: _part(section.fields, part, kind) for item, part in parts.items()}
        else:
            result[section.name] = _part(section.fields, parts, kind)
    return result


def noted(fields: tuple[Field, ...], kind: str, rules: ContentRules) -> Values:
    """The fields of a note: texts that bear the mark, days, numbers and choices; none of another kind is required."""
    words = f"Catatan yang cukup panjang {mark(kind)}"
    values: dict[str, JsonValue] = {"text": words, "day": "2026-01-05", "number": 1}
    filled = {each.name: values[each.kind] for each in fields if each.kind in values}
    chosen = {each.name: rules.choices_of(each.of)[0] for each in fields if isinstance(each, ChoiceField)}
    return {**filled, **chosen}


def found(answer: bytes) -> set[str]:
    """The kinds of everything marked in an answer; ``outcome`` where it says how a predicate is computed."""
    kinds = {kind.decode() for kind in re.findall(rb"zq([a-z]+)qz", answer)}
    if b'"working"' in answer and any(_workings(json.loads(answer))):
        kinds.add("outcome")
    return kinds


def _workings(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        if value.get("predicate") and value.get("working"):
            yield value["working"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _workings(each)


def _rows(fields: tuple[Field, ...], rows: JsonValue, kind: str) -> JsonValue:
    return [_part(fields, row, kind) for row in rows] if isinstance(rows, list) else rows


def _part(fields: tuple[Field, ...], part: JsonValue, kind: str) -> JsonValue:
    if not isinstance(part, dict):
        return part
    result = dict(part)
    for field in fields:
        value = part.get(field.name)
        if isinstance(field, TextField) and isinstance(value, str):
            result[field.name] = f"{value} {mark(kind)}"
        if isinstance(field, RowsField):
            result[field.name] = _rows(field.fields, value, kind)
    return result
