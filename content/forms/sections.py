"""A section of a form: fields once, rows, or the same fields for each thing of the case."""

from pydantic import JsonValue

from content.forms.examination import Examination
from content.forms.filling import check_part, check_rows
from content.forms.form import EachSection, GroupSection, RowsSection, Section
from content.forms.mistakes import Path, Reason
from content.parts import Values


def check_section(section: Section, value: JsonValue, examination: Examination) -> JsonValue:
    """What the section holds; an absent section counts as an empty one."""
    path: Path = (section.name,)
    if isinstance(section, RowsSection):
        bounds = (section.at_least, section.at_most)
        return check_rows(section.name, section.fields, value, bounds, path, examination)
    given: JsonValue = {} if value is None or value == [] or value == "" else value
    if not isinstance(given, dict):
        examination.note(path, Reason.WRONG_TYPE, expected="object")
        return given
    if isinstance(section, GroupSection):
        return check_part(section.fields, given, path, examination)
    return _check_each(section, given, path, examination)


def _check_each(section: EachSection, given: Values, path: Path, examination: Examination) -> Values:
    """Exactly one part for each thing; a thing of which nothing must be said may be left out."""
    items = examination.items(section.of)
    checked: Values = {}
    for item in items:
        part, place = given.get(item), (*path, item)
        if part is None:
            _check_absent(section, item, checked, place, examination)
        elif isinstance(part, dict):
            checked[item] = check_part(section.fields, part, place, examination)
        else:
            examination.note(place, Reason.WRONG_TYPE, expected="object")
            checked[item] = part
    for name in given:
        if not examination.has(section.of, name):
            examination.note((*path, name), Reason.UNKNOWN)
            checked[name] = given[name]
    return checked


def _check_absent(
    section: EachSection, item: str, checked: Values, path: Path, examination: Examination
) -> None:
    """One mistake for a whole part that is not there, instead of one for each of its fields."""
    before = len(examination.mistakes)
    empty = check_part(section.fields, {}, path, examination)
    if len(examination.mistakes) == before:
        checked[item] = empty
    else:
        del examination.mistakes[before:]
        examination.note(path, Reason.MISSING)
