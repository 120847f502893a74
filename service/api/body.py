"""Reads JSON bodies directly into their model and reports all mistakes together, each at its place."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, TypeAdapter, ValidationError

from service.problems import FieldError, Invalid, MalformedJson, MediaTypeUnsupported
from service.problems.pointers import json_pointer
from translations import mark as _

REASONS: Mapping[str, str] = {
    "missing": _("This field is needed."),
    "extra_forbidden": _("There is no such field."),
    "string_type": _("This must be a text."),
    "string_too_long": _("The text is longer than {max_length} characters."),
    "string_too_short": _("The text is empty."),
    "nul_character": _("The text must not contain the character NUL."),
    "finite_number": _("This number cannot be stored."),
    "one_line": _("This must be one line."),
    "web_address": _(
        "This must be an address that begins with https:// or http:// and holds no user name or password."
    ),
    "enum": _("This must be one of {expected}."),
    "literal_error": _("This must be one of {expected}."),
    "union_tag_invalid": _("This must be one of {expected}."),
    "union_tag_not_found": _("This field is needed."),
    "tuple_type": _("This must be a list."),
    "too_long": _("The list is longer than {max_length} entries."),
    "too_short": _("The list is empty."),
    "day_closed_and_working": _("This day is closed as well; leave it in one of the lists."),
    "day_outside_week": _(
        "This day lies outside the week that is worked; only a holiday or joint leave can be declared working."
    ),
    "decree_without_source": _("Name the decree of this year in the field source."),
    "dict_type": _("This must be a JSON object."),
    "model_type": _("The body must be a JSON object."),
    "model_attributes_type": _("The body must be a JSON object."),
    "bool_parsing": _("This must be true or false."),
    "bool_type": _("This must be true or false."),
    "int_parsing": _("This must be a whole number."),
    "int_type": _("This must be a whole number."),
    "greater_than_equal": _("This must be at least {ge}."),
    "less_than_equal": _("This must be at most {le}."),
    "uuid_type": _("This must be an id (a UUID)."),
    "uuid_parsing": _("This must be an id (a UUID)."),
    "date_type": _("This must be a date: YYYY-MM-DD."),
    "date_parsing": _("This must be a date: YYYY-MM-DD."),
    "datetime_type": _("This must be a moment with its offset: YYYY-MM-DDTHH:MM+HH:MM."),
    "datetime_parsing": _("This must be a moment with its offset: YYYY-MM-DDTHH:MM+HH:MM."),
    "datetime_from_date_parsing": _("This must be a moment with its offset: YYYY-MM-DDTHH:MM+HH:MM."),
    "timezone_aware": _("This must be a moment with its offset: YYYY-MM-DDTHH:MM+HH:MM."),
    "date_from_datetime_parsing": _("This must be a date: YYYY-MM-DD."),
    "date_from_datetime_inexact": _("This must be a date: YYYY-MM-DD."),
}
"""The sentence for each kind of mistake."""

OTHER_REASON = _("This value cannot be used here.")

Model = TypeVar("Model", bound=BaseModel)
Read = TypeVar("Read")

_TAG = re.compile("'([^']*)'")


async def read_body(request: Request, model: type[Model]) -> Model:
    """The body as ``model``. Raises `MediaTypeUnsupported`, `MalformedJson` or `Invalid`."""
    return await _read(request, model.model_validate_json, skip=0)


async def read_kind(request: Request, kinds: TypeAdapter[Read]) -> Read:
    """The body as one of several models, chosen by its field ``kind``. Raises the same errors."""

    def validate(raw: bytes) -> Read:
        return kinds.validate_json(raw, strict=True)

    return await _read(request, validate, skip=1)


async def _read(request: Request, validate: Callable[[bytes], Read], *, skip: int) -> Read:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    raw = await request.body()
    if media_type != "application/json" and (raw or media_type):
        raise MediaTypeUnsupported
    try:
        return validate(raw or b"{}")
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        if details[0]["type"] == "json_invalid":
            raise MalformedJson(reason=str(details[0]["ctx"]["error"])) from None
        raise Invalid(errors=field_errors(details, skip=skip)) from None


def field_errors(details: Any, *, skip: int = 0) -> list[FieldError]:
    """Each mistake with its JSON pointer; the first ``skip`` parts of the location are left out."""
    return [_field_error(detail, skip) for detail in details]


def _field_error(detail: Any, skip: int) -> FieldError:
    # Only the outermost object is the body: inside it, the message is the one for any object.
    kind = "dict_type" if detail["type"] == "model_type" and detail["loc"][skip:] else detail["type"]
    message = REASONS.get(kind, OTHER_REASON)
    parameters = {name: str(value) for name, value in detail.get("ctx", {}).items()}
    if kind.startswith("union_tag"):
        parameters["expected"] = ", ".join(_TAG.findall(parameters.get("expected_tags", "")))
        return FieldError("/kind", message, parameters)
    return FieldError(json_pointer(detail["loc"][skip:]), message, parameters)


def documented(model: type[BaseModel] | str) -> dict[str, Any]:
    """Documents a body that the framework does not read, by its model or its name."""
    name = model if isinstance(model, str) else model.__name__
    return {
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}},
        }
    }
