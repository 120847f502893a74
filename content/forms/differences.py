"""What changed from one filled form to another, as values that rebuild the later one from the earlier one."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from pydantic import JsonValue

from content.parts import Values

Place: TypeAlias = tuple[str, ...]
"""Where in a filled form: names of sections and fields, and ids of rows, since a row keeps its id when it moves."""

Rows: TypeAlias = dict[str, Values]


class Alteration(StrEnum):
    """How something changed."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    ORDERED = "ordered"
    """The rows of a list stand in another order; before and after are their ids."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One change. A value that is no object and no list of rows changes as a whole."""

    place: Place
    alteration: Alteration
    before: JsonValue = None
    after: JsonValue = None
    position: int | None = None
    """For an added row: where it stands in the later list, counted from 0."""


def differences(before: Values, after: Values) -> tuple[Difference, ...]:
    """What changed, in the order of the later form; nothing where both say the same. Rows are matched by id."""
    return tuple(_of_objects((), before, after))


def rows_by_id(value: JsonValue) -> Rows | None:
    """The rows of a list by their ids; None for anything but a list of rows with different ids."""
    if not isinstance(value, list):
        return None
    rows: Rows = {}
    for row in value:
        if not isinstance(row, dict) or not isinstance(own := row.get("id"), str) or own in rows:
            return None
        rows[own] = row
    return rows


def same(one: JsonValue, other: JsonValue) -> bool:
    """Whether two values are the same in JSON, where true is not 1."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[name], other[name]) for name in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return isinstance(one, bool) is isinstance(other, bool) and one == other


def _of_objects(place: Place, before: Values, after: Values) -> Iterator[Difference]:
    for name in before:
        if name not in after:
            yield Difference((*place, name), Alteration.REMOVED, before=before[name])
    for name, value in after.items():
        if name in before:
            yield from _of_values((*place, name), before[name], value)
        else:
            yield Difference((*place, name), Alteration.ADDED, after=value)


def _of_values(place: Place, before: JsonValue, after: JsonValue) -> Iterator[Difference]:
    if same(before, after):
        return
    if isinstance(before, dict) and isinstance(after, dict):
        yield from _of_objects(place, before, after)
        return
    rows_before, rows_after = rows_by_id(before), rows_by_id(after)
    if rows_before is None or rows_after is None:
        yield Difference(place, Alteration.CHANGED, before, after)
    else:
        yield from _of_rows(place, rows_before, rows_after)


def _of_rows(place: Place, before: Rows, after: Rows) -> Iterator[Difference]:
    for own, row in before.items():
        if own not in after:
            yield Difference((*place, own), Alteration.REMOVED, before=row)
    for position, (own, row) in enumerate(after.items()):
        if own in before:
            yield from _of_values((*place, own), before[own], row)
        else:
            yield Difference((*place, own), Alteration.ADDED, after=row, position=position)
    kept = [own for own in before if own in after]
    if kept != [own for own in after if own in before]:
        yield Difference(place, Alteration.ORDERED, before=list(before), after=list(after))
