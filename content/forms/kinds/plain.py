"""The value of any field that is not a list of rows."""

from pydantic import JsonValue

from content.forms.examination import Examination
from content.forms.fields import (
    ChoiceField,
    DayField,
    ItemField,
    NumberField,
    PlainField,
    TargetField,
    TextField,
    YesNoField,
)
from content.forms.kinds.choosing import check_choice, check_item
from content.forms.kinds.number import check_number
from content.forms.kinds.simple import check_day, check_yes_no
from content.forms.kinds.target import check_target
from content.forms.kinds.text import check_text
from content.forms.mistakes import Path


def check_plain(field: PlainField, value: JsonValue, path: Path, examination: Examination) -> JsonValue:
    """The value in the one way in which it is kept; what does not fit stays as it is and is noted."""
    match field:
        case TextField():
            return check_text(field, value, path, examination)
        case NumberField():
            return check_number(field, value, path, examination)
        case TargetField():
            return check_target(field, value, path, examination)
        case ChoiceField():
            return check_choice(field, value, path, examination)
        case ItemField():
            return check_item(field, value, path, examination)
        case DayField():
            return check_day(value, path, examination)
        case YesNoField():
            return check_yes_no(field, value, path, examination)
