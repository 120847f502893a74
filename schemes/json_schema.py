"""Publishes the JSON Schema of each file of a scheme, by which an editor completes it while it is written."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from content.rules import ContentRules
from schemes.described import descriptions_of
from schemes.files import CONTENT_FILES, PROCESS
from schemes.periodic import PERIODS
from states.rules import Rulebook

DIALECT = "https://json-schema.org/draft/2020-12/schema"

FILES: Mapping[str, type[BaseModel]] = MappingProxyType({PROCESS: Rulebook, **CONTENT_FILES})
"""The model of each file."""

NAMES: Mapping[str, str] = MappingProxyType({file.removesuffix(".yaml"): file for file in FILES})
"""How a file is called without its ending: process, forms, rating, follow_up."""

_TIME_OF_DAY = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"


def json_schema(file: str) -> dict[str, Any]:
    """The JSON Schema 2020-12 of a file of a scheme, such as ``forms.yaml``. Raises KeyError for another file.

    It says what types can say; what must hold between parts and files, only the loader does.
    """
    model = FILES[file]
    schema = model.model_json_schema(mode="validation")
    described = descriptions_of(model)
    if model is not Rulebook:
        described[model.__name__] = descriptions_of(ContentRules)[ContentRules.__name__]
    for name, part in (*schema.get("$defs", {}).items(), (model.__name__, schema)):
        _describe(part, described.get(name, {}))
        for field in part.get("properties", {}).values():
            _mend(field)
    if model is Rulebook:
        _name_periods(schema["properties"])
    return {"$schema": DIALECT, **schema, "title": f"{file} of a scheme"}


def _describe(part: dict[str, Any], described: Mapping[str, str]) -> None:
    for name, field in part.get("properties", {}).items():
        if name in described:
            field.setdefault("description", described[name])


def _mend(field: dict[str, Any]) -> None:
    """A time of day has no zone here, which the format ``time`` would ask for."""
    if field.get("format") == "time":
        del field["format"]
        field["pattern"] = _TIME_OF_DAY


def _name_periods(fields: dict[str, Any]) -> None:
    """Check-ins may be named by their period; how often that is then follows and is not written."""
    listed = fields["check_ins"]
    described = {"description": listed.pop("description")} if "description" in listed else {}
    fields["check_ins"] = described | {"anyOf": [listed, {"enum": sorted(PERIODS)}]}
