"""Targets: a number with its unit, or words where the expected result is described."""

from typing import Final

from pydantic import JsonValue

from content.forms.examination import Examination
from content.forms.fields import TargetField
from content.forms.kinds.blank import blank
from content.forms.kinds.number import check_figure
from content.forms.kinds.text import check_words
from content.forms.mistakes import Path, Reason
from content.parts import Values

LONGEST_UNIT: Final = 60
LONGEST_TEXT: Final = 2000
DECIMALS: Final = 4
_NAMES: Final = ("number", "unit", "text")


def check_target(field: TargetField, value: JsonValue, path: Path, examination: Examination) -> JsonValue:
    """The value of a target field. Of number and words there is exactly one, of a kind that the field allows."""
    if not isinstance(value, dict):
        examination.note(path, Reason.WRONG_TYPE, expected="target")
        return value
    given: Values = {name: value[name] for name in _NAMES if name in value and not blank(value[name])}
    unknown: Values = {name: value[name] for name in value if name not in _NAMES}
    for name in unknown:
        examination.note((*path, name), Reason.UNKNOWN)
    if field.allows == "text" or ("text" in given and "number" not in given and field.allows == "both"):
        checked = _described(given, path, examination)
    else:
        checked = _counted(given, path, examination)
    return checked | unknown


def _described(given: Values, path: Path, examination: Examination) -> Values:
    for name in ("number", "unit"):
        if name in given:
            examination.note((*path, name), Reason.NOT_ASKED, field="text")
    if "text" not in given:
        examination.note((*path, "text"), Reason.MISSING)
        return given
    text = check_words(given["text"], (*path, "text"), examination, longest=LONGEST_TEXT, one_line=False)
    return given | {"text": text}


def _counted(given: Values, path: Path, examination: Examination) -> Values:
    checked = dict(given)
    if "number" in given:
        checked["number"] = check_figure(
            given["number"], (*path, "number"), examination, least=0, decimals=DECIMALS
        )
    else:
        examination.note((*path, "number"), Reason.MISSING)
    if "unit" in given:
        checked["unit"] = check_words(
            given["unit"], (*path, "unit"), examination, longest=LONGEST_UNIT, one_line=True
        )
    else:
        examination.note((*path, "unit"), Reason.TARGET_WITHOUT_UNIT)
    if "text" in given:
        examination.note((*path, "text"), Reason.NOT_ASKED, field="number")
    return checked
