"""Days, and yes or no."""

import datetime as dt
import re
from typing import Final

from pydantic import JsonValue

from content.forms.examination import Examination
from content.forms.fields import DayField, YesNoField
from content.forms.mistakes import Path, Reason
from content.parts import Values

# `date.fromisoformat` alone also takes 20270301 and 2027-W09-1.
_DAY: Final = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def check_day(value: JsonValue, path: Path, examination: Examination) -> JsonValue:
    """The value of a day field: a day that the calendar has."""
    if not isinstance(value, str):
        examination.note(path, Reason.WRONG_TYPE, expected="text")
    elif not _is_day(value):
        examination.note(path, Reason.NOT_A_DAY)
    return value


def check_order(field: DayField, part: Values, path: Path, examination: Examination) -> None:
    """Note a day that is before the one which it may not be before. What is no day was noted by itself."""
    if field.not_before is None:
        return
    first, last = part.get(field.not_before), part.get(field.name)
    if not isinstance(first, str) or not isinstance(last, str):
        return
    # Days as they are written here stand in the order of the calendar.
    if _is_day(first) and _is_day(last) and last < first:
        examination.note(path, Reason.TOO_EARLY, field=field.not_before)


def check_yes_no(field: YesNoField, value: JsonValue, path: Path, examination: Examination) -> JsonValue:
    """The value of a yes/no field."""
    if not isinstance(value, bool):
        examination.note(path, Reason.WRONG_TYPE, expected="yes_no")
    elif field.must_be is not None and value is not field.must_be:
        examination.note(path, Reason.MUST_BE, value=str(field.must_be).lower())
    return value


def _is_day(text: str) -> bool:
    if _DAY.fullmatch(text) is None:
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
