"""One part of a form, that is fields filled in once, and rows of them."""

from pydantic import JsonValue

from content.forms.conditions import asked_fields
from content.forms.examination import Examination
from content.forms.fields import DayField, Field, ItemField, RowsField
from content.forms.ids import is_id
from content.forms.kinds.blank import blank
from content.forms.kinds.choosing import missing_item
from content.forms.kinds.plain import check_plain
from content.forms.kinds.simple import check_order
from content.forms.mistakes import Path, Reason
from content.parts import Values


def check_part(fields: tuple[Field, ...], given: Values, path: Path, examination: Examination) -> Values:
    """The fields in the order of the form, blank ones left out, and after them what the form does not know."""
    asked = asked_fields(fields, given)
    checked: Values = {}
    for field in fields:
        value, place = given.get(field.name), (*path, field.name)
        if not asked[field.name]:
            if not blank(value):
                other = "" if field.when is None else field.when.field
                examination.note(place, Reason.NOT_ASKED, field=other)
                checked[field.name] = value
        elif isinstance(field, RowsField):
            checked[field.name] = check_rows(
                field.name, field.fields, value, (_least(field), field.at_most), place, examination
            )
        elif not blank(value):
            checked[field.name] = check_plain(field, value, place, examination)
            if isinstance(field, DayField):
                check_order(field, checked, place, examination)
        elif field.required:
            reason = missing_item(field, examination) if isinstance(field, ItemField) else Reason.MISSING
            if reason is not None:
                examination.note(place, reason)
    for name in given:
        if name not in asked:
            examination.note((*path, name), Reason.UNKNOWN)
            checked[name] = given[name]
    return checked


def check_rows(
    name: str,
    fields: tuple[Field, ...],
    value: JsonValue,
    bounds: tuple[int, int],
    path: Path,
    examination: Examination,
) -> JsonValue:
    """Rows of fields, so many at least and at most, each with an id."""
    if blank(value):
        value = []
    if not isinstance(value, list):
        examination.note(path, Reason.WRONG_TYPE, expected="list")
        return value
    least, most = bounds
    if len(value) < least:
        examination.note(path, Reason.TOO_FEW_ROWS, least=str(least), count=str(len(value)))
    if len(value) > most:
        examination.note(path, Reason.TOO_MANY_ROWS, most=str(most), count=str(len(value)))
    # Whatever stands beyond the most must go; reading it would only bury the other mistakes.
    read = [
        _check_row(name, fields, row, (*path, place), examination) for place, row in enumerate(value[:most])
    ]
    return read + value[most:]


def _check_row(
    name: str, fields: tuple[Field, ...], row: JsonValue, path: Path, examination: Examination
) -> JsonValue:
    if not isinstance(row, dict):
        examination.note(path, Reason.WRONG_TYPE, expected="object")
        return row
    own = row.get("id")
    if not blank(own):
        _check_id(own, (*path, "id"), examination)
    given = {key: value for key, value in row.items() if key != "id"}
    checked = check_part(fields, given, path, examination)
    if blank(own):
        own = examination.ids.make(name, checked)
    return {"id": own, **checked}


def _check_id(own: JsonValue, path: Path, examination: Examination) -> None:
    if not isinstance(own, str) or not is_id(own):
        examination.note(path, Reason.WRONG_ID)
    elif not examination.ids.is_first(own):
        examination.note(path, Reason.REPEATED)


def _least(field: RowsField) -> int:
    return field.at_least if field.required else 0
