"""Puts the days of a filled form where people would put them: around the day on which they fill it in."""

import datetime as dt
from collections.abc import Mapping, Sequence

from pydantic import JsonValue

from content.forms.fields import DayField, Field, RowsField
from content.forms.form import EachSection, Form, GroupSection
from content.parts import Values

_AWAY: Mapping[str, int] = {
    "until": 90,
    "received_on": -2,
    "began_on": -60,
    "letter_date": -10,
    "from_day": -300,
}
"""Days from today, by the name of the field; other days are today."""


def dated(filled: Values, form: Form, today: dt.date) -> Values:
    """The same form with its days around ``today``. Its other fields stay."""
    moved = dict(filled)
    for section in form.sections:
        value = moved.get(section.name)
        if isinstance(section, GroupSection):
            moved[section.name] = _part(section.fields, value, today)
        elif isinstance(section, EachSection):
            if isinstance(value, dict):
                parts = {item: _part(section.fields, part, today) for item, part in value.items()}
                moved[section.name] = parts
        else:
            moved[section.name] = _rows(section.fields, value, today)
    return moved


def _part(fields: Sequence[Field], part: JsonValue, today: dt.date) -> JsonValue:
    if not isinstance(part, dict):
        return part
    moved = dict(part)
    for field in fields:
        if field.name in moved:
            if isinstance(field, DayField):
                day = today + dt.timedelta(days=_AWAY.get(field.name, 0))
                moved[field.name] = day.isoformat()
            elif isinstance(field, RowsField):
                moved[field.name] = _rows(field.fields, moved[field.name], today)
    return moved


def _rows(fields: Sequence[Field], rows: JsonValue, today: dt.date) -> JsonValue:
    return [_part(fields, row, today) for row in rows] if isinstance(rows, list) else rows
