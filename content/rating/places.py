"""Reads a filled form at a place that rating rules name."""

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import JsonValue

from content.parts import Values
from content.rating.rules import FieldPlace


@dataclass(frozen=True, slots=True)
class Found:
    """A field of a filled form."""

    path: tuple[str | int, ...]
    value: JsonValue
    """None where the field is absent."""


def values_at(filled: Values, place: FieldPlace) -> tuple[Found, ...]:
    """The field of a group, or of each part of a section, in the order of the form; empty without the section.

    A part in which the field is absent counts with None, so that what is absent can be named.
    """
    return tuple(
        Found((place.section, *path, place.field), part.get(place.field))
        for path, part in _parts(filled, place)
    )


def is_confirmed(filled: Values, place: FieldPlace) -> bool:
    """Whether a field says yes."""
    return any(found.value is True for found in values_at(filled, place))


def _parts(filled: Values, place: FieldPlace) -> Iterator[tuple[tuple[str | int, ...], Values]]:
    section = filled.get(place.section)
    if isinstance(section, list):
        yield from (((index,), row) for index, row in enumerate(section) if isinstance(row, dict))
    elif isinstance(section, dict):
        # No single field holds an object but a target, so parts are told from a group by their shape.
        parts = [((name,), part) for name, part in section.items() if isinstance(part, dict)]
        is_group = place.field in section and not isinstance(section[place.field], dict)
        yield from parts if parts and not is_group else [((), section)] if section else ()
