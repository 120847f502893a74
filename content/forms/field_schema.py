"""One field as JSON Schema."""

from collections.abc import Mapping
from typing import Any

from content.forms.fields import (
    ChoiceField,
    DayField,
    ItemField,
    NumberField,
    PlainField,
    Source,
    TargetField,
    TextField,
    YesNoField,
)
from content.forms.ids import PATTERN
from content.forms.kinds.number import LARGEST
from content.forms.kinds.target import LONGEST_TEXT, LONGEST_UNIT
from content.parts import Values
from content.rules import ContentRules

_SOMETHING = r"\S"


def field_schema(field: PlainField, rules: ContentRules) -> Values:
    """The schema of the field's value, with the label and help that people read."""
    titles: Values = {"title": field.label.id}
    if field.help is not None:
        titles["description"] = field.help.id
    return titles | _value_schema(field, rules)


def row_id() -> Values:
    """The schema of the id of a row."""
    return {"type": "string", "pattern": f"^{PATTERN}$"}


def _value_schema(field: PlainField, rules: ContentRules) -> Values:
    match field:
        case TextField():
            return _text(max(1, field.shortest), field.longest)
        case NumberField():
            return {
                "type": "number" if field.decimals else "integer",
                "minimum": -LARGEST if field.at_least is None else field.at_least,
                "maximum": LARGEST if field.at_most is None else field.at_most,
            }
        case TargetField():
            return _target(field)
        case ChoiceField():
            return _several(field.many, {"enum": list(rules.choices_of(field.of))})
        case ItemField(of=Source.VALUES):
            names = [choice.name for choice in rules.value_choices]
            return _several(field.many, {"enum": list(names)}, _fewest(field))
        case ItemField(of=Source.SKILLS):
            # Which of them a post asks for, the case tells.
            names = [choice.name for choice in rules.skill_choices]
            return _several(field.many, {"enum": list(names)}, _fewest(field))
        case ItemField():
            return _several(field.many, {"type": "string", "minLength": 1}, _fewest(field))
        case DayField():
            return {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
        case YesNoField(must_be=None):
            return {"type": "boolean"}
        case YesNoField():
            return {"const": field.must_be}


def _fewest(field: ItemField) -> int:
    return max(1, field.at_least) if field.required else 1


def _several(many: bool, one: Values, fewest: int = 1) -> Values:
    if not many:
        return one
    return {"type": "array", "items": one, "minItems": fewest, "uniqueItems": True}


def _text(shortest: int, longest: int) -> Values:
    return {"type": "string", "minLength": shortest, "maxLength": longest, "pattern": _SOMETHING}


def _target(field: TargetField) -> Values:
    number = _object(number={"type": "number", "minimum": 0, "maximum": LARGEST}, unit=_text(1, LONGEST_UNIT))
    text = _object(text=_text(1, LONGEST_TEXT))
    if field.allows == "both":
        return {"oneOf": [number, text]}
    return number if field.allows == "number" else text


def _object(**properties: Mapping[str, Any]) -> Values:
    return {
        "type": "object",
        "properties": {name: dict(schema) for name, schema in properties.items()},
        "required": list(properties),
        "additionalProperties": False,
    }
