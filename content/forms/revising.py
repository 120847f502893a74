"""Rebuilds a later filled form from an earlier one and what changed."""

import copy
from collections.abc import Iterable

from pydantic import JsonValue

from content.forms.differences import Alteration, Difference
from content.parts import Values


class DoesNotFit(ValueError):
    """The differences are not those of this form."""


def applied(before: Values, differences: Iterable[Difference]) -> Values:
    """The later form. What was given stays as it is.

    Raises `DoesNotFit` where something that changed is not there.
    """
    after = copy.deepcopy(before)
    for difference in differences:
        _apply(after, difference)
    return after


def _apply(form: Values, difference: Difference) -> None:
    if difference.alteration is Alteration.ORDERED:
        _order(_at(form, difference.place), difference)
        return
    *way, last = difference.place
    holder = _at(form, way)
    value = copy.deepcopy(difference.after)
    if isinstance(holder, dict):
        if (last in holder) is (difference.alteration is Alteration.ADDED):
            raise DoesNotFit(difference.place)
        if difference.alteration is Alteration.REMOVED:
            del holder[last]
        else:
            holder[last] = value
    elif not isinstance(holder, list):
        raise DoesNotFit(difference.place)
    elif difference.alteration is Alteration.ADDED and difference.position is not None:
        holder.insert(difference.position, value)
    elif difference.alteration is Alteration.REMOVED:
        holder.remove(_row(holder, last))
    else:
        raise DoesNotFit(difference.place)


def _order(rows: JsonValue, difference: Difference) -> None:
    wanted = difference.after
    if not isinstance(rows, list) or not isinstance(wanted, list) or len(rows) != len(wanted):
        raise DoesNotFit(difference.place)
    rows[:] = [_row(rows, own) for own in wanted]


def _at(form: Values, way: Iterable[str]) -> JsonValue:
    found: JsonValue = form
    for name in way:
        if isinstance(found, list):
            found = _row(found, name)
        elif isinstance(found, dict) and name in found:
            found = found[name]
        else:
            raise DoesNotFit(name)
    return found


def _row(rows: list[JsonValue], own: JsonValue) -> JsonValue:
    for row in rows:
        if isinstance(row, dict) and row.get("id") == own:
            return row
    raise DoesNotFit(own)
