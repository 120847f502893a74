"""Which fields of a part are asked for, given what stands in the others."""

from collections.abc import Mapping

from pydantic import JsonValue

from content.forms.fields import Field
from content.forms.writing import tidy


def asked_fields(fields: tuple[Field, ...], given: Mapping[str, JsonValue]) -> dict[str, bool]:
    """By name of each field, whether it is asked for.

    A field that depends on one which is not asked for is not asked for either, whatever somebody wrote there.
    Fields that depend on each other in a circle are never asked for.
    """
    asked = {field.name: True for field in fields if field.when is None}
    if len(asked) == len(fields):
        return asked
    by_name = {field.name: field for field in fields}

    def decide(field: Field) -> bool:
        if field.name in asked:
            return asked[field.name]
        asked[field.name] = False
        if field.when is not None:
            other = by_name.get(field.when.field)
            holds = is_among(given.get(field.when.field), field.when.among)
            asked[field.name] = holds and other is not None and decide(other)
        return asked[field.name]

    for field in fields:
        decide(field)
    return asked


def is_among(value: JsonValue, among: tuple[str | bool, ...]) -> bool:
    """Whether the value, or one of several, is among these. True is not the number 1."""
    values = value if isinstance(value, list) else [value]
    return any(_is_same(one, wanted) for one in values for wanted in among)


def _is_same(value: JsonValue, wanted: str | bool) -> bool:
    if isinstance(wanted, str):
        return isinstance(value, str) and tidy(value) == wanted
    return value is wanted
