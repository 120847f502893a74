"""Tells the author of a rules file in words which fields do not fit their types, and why."""

import difflib
import re
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from schemes.document import Path
from schemes.places import DISCRIMINATOR, model_of_annotation, place_of

_QUOTED = re.compile("'([^']*)'")

_PATTERNS = {
    "^(wait|escalate|auto:[a-z_]+)$": "is not wait, escalate or auto:<trigger>",
    r"^[^\x00-\x1f]*$": "must be one line of text",
    "^[a-z][a-z0-9_]{0,39}$": "must be 1 to 40 small letters, digits and underscores, with a letter first",
    "^[a-z][a-z0-9-]{1,39}$": "must be 2 to 40 small letters, digits and hyphens, with a letter first",
}

_WANTED = {
    "int_type": "a whole number",
    "float_type": "a number",
    "bool_type": "true or false",
    "string_type": "text",
    "time_type": 'a time of day in quotes, such as "08:00"',
    "time_parsing": 'a time of day in quotes, such as "08:00"',
    "date_type": "a day such as 2027-03-01",
    "date_parsing": "a day such as 2027-03-01",
    "date_from_datetime_parsing": "a day such as 2027-03-01",
    "dict_type": "a group of fields",
    "model_type": "a group of fields",
    "model_attributes_type": "a group of fields",
    "tuple_type": "a list",
}


def path_of(error: ErrorDetails, model: type[BaseModel]) -> Path:
    """Where in the file the error is. An error in a field's name is at that field, a wrong kind at ``kind``."""
    path, _ = place_of(error["loc"], model)
    return (*path, DISCRIMINATOR) if error["type"].startswith("union_tag_") else path


def is_about_the_name(error: ErrorDetails) -> bool:
    """Whether the field's name is wrong, not its value."""
    return error["type"] == "extra_forbidden" or error["loc"][-1:] == ("[key]",)


def reason_of(error: ErrorDetails, model: type[BaseModel]) -> str:
    """What is wrong in a file that should fit ``model``, and what would be right."""
    kind, shown, context = error["type"], _shown(error["input"]), error.get("ctx", {})
    if kind == "missing":
        return "is required"
    if kind == "extra_forbidden":
        _, around = place_of(error["loc"], model)
        return _unknown_field(str(error["loc"][-1]), around)
    if kind == "union_tag_not_found":
        return "is required: it says which fields belong here"
    if kind == "union_tag_invalid":
        return (
            f"{_shown(context['tag'])} is not one of {', '.join(_QUOTED.findall(context['expected_tags']))}"
        )
    if kind in ("enum", "literal_error"):
        return f"{shown} is not one of {', '.join(_QUOTED.findall(context['expected']))}"
    if kind in _WANTED:
        return f"{shown} is not {_WANTED[kind]}"
    if kind == "string_pattern_mismatch":
        return f"{shown} {_PATTERNS.get(context['pattern'], 'does not match ' + context['pattern'])}"
    if kind == "greater_than_equal":
        return f"{shown} is below {context['ge']}"
    if kind == "less_than_equal":
        return f"{shown} is above {context['le']}"
    if kind == "greater_than":
        return f"{shown} is not above {context['gt']}"
    if kind == "string_too_short":
        return f"{shown} is shorter than {context['min_length']} characters"
    if kind == "string_too_long":
        return f"{shown} is longer than {context['max_length']} characters"
    if kind in ("too_short", "too_long"):
        limit, word = (("min_length", "fewer"), ("max_length", "more"))[kind == "too_long"]
        return f"has {word} than {context[limit]} items"
    if kind in ("day_closed_and_working", "day_outside_week", "decree_without_source"):
        return f"{shown} {error['msg']}"
    return f"{shown}: {error['msg']}"


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "a group of fields"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, bool):
        return str(value).lower()
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}...'"


def _unknown_field(name: str, around: Any) -> str:
    model = model_of_annotation(around)
    known = list(model.model_fields) if model else []
    close = difflib.get_close_matches(name, known, n=1)
    if close:
        return f"is not a known field; did you mean {close[0]}?"
    return f"is not a known field; known here are {', '.join(known)}"
