"""One part of an example: fields filled in so that what depends on them can be, too."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as of
from typing import TypeAlias

from pydantic import JsonValue

from content.forms.conditions import asked_fields, is_among
from content.forms.fields import ChoiceField, DayField, Field, ItemField, RowsField
from content.forms.samples.drawing import Drawing
from content.forms.samples.values import candidates, sample
from content.parts import Values

Place: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What a part must say because of the checks between the fields of the form."""

    values: Mapping[str, JsonValue] = of(default_factory=dict)
    """By field. A choice field of several takes it as one of them."""
    rows: Mapping[str, tuple["Wish", ...]] = of(default_factory=dict)
    """By rows field: what its first rows must say."""


def sample_part(fields: tuple[Field, ...], wish: Wish, drawing: Drawing, place: Place) -> Values:
    """A valid part, in the order of the form."""
    by_name = {field.name: field for field in fields}
    settled = _with_conditions(by_name, wish)
    filled: Values = {}
    for field in _conditions_first(fields):
        if asked_fields(fields, filled)[field.name]:
            value = _value(field, settled, wish, fields, drawing, (*place, field.name))
            if value is not None:
                filled[field.name] = value
    for field in fields:
        if isinstance(field, DayField) and field.not_before in filled and field.name in filled:
            filled[field.name] = max(str(filled[field.not_before]), str(filled[field.name]))
    return {field.name: filled[field.name] for field in fields if field.name in filled}


def sample_rows(
    fields: tuple[Field, ...], count: int, wishes: tuple[Wish, ...], drawing: Drawing, place: Place
) -> list[JsonValue]:
    """So many rows, each with an id; the first ones say what is wished."""
    rows: list[JsonValue] = []
    for number in range(count):
        own = drawing.next_id(str(place[-1]))
        wish = wishes[number] if number < len(wishes) else Wish()
        rows.append({"id": own, **sample_part(fields, wish, drawing, (*place, number))})
    return rows


def _value(
    field: Field,
    settled: Mapping[str, JsonValue],
    wish: Wish,
    fields: tuple[Field, ...],
    drawing: Drawing,
    place: Place,
) -> JsonValue:
    if isinstance(field, RowsField):
        wishes = wish.rows.get(field.name, ())
        count = min(field.at_most, max(field.at_least, len(wishes), 1 + drawing.number(2, *place)))
        return sample_rows(field.fields, count, wishes, drawing, place)
    if field.name in settled:
        wanted = settled[field.name]
        several = isinstance(field, ChoiceField | ItemField) and field.many
        return [wanted] if several else wanted
    if not any(other.when is not None and other.when.field == field.name for other in fields):
        return sample(field, drawing, *place)
    options = candidates(field, drawing, *place)
    for value in options:
        if not _asks_too_much(value, field, fields, drawing):
            return value
    return options[0] if options else None


def _asks_too_much(value: JsonValue, field: Field, fields: tuple[Field, ...], drawing: Drawing) -> bool:
    """Whether the value makes something be asked for that the case has nothing for, such as evidence."""
    return any(
        isinstance(other, ItemField)
        and other.required
        and other.when is not None
        and other.when.field == field.name
        and is_among(value, other.when.among)
        and sample(other, drawing) is None
        for other in fields
    )


def _with_conditions(by_name: Mapping[str, Field], wish: Wish) -> dict[str, JsonValue]:
    """The wished values, and those that make what is wished be asked for."""
    settled = dict(wish.values)
    for name in (*wish.values, *wish.rows):
        field = by_name.get(name)
        while field is not None and field.when is not None and field.when.field not in settled:
            settled[field.when.field] = field.when.among[0]
            field = by_name.get(field.when.field)
    return settled


def _conditions_first(fields: tuple[Field, ...]) -> list[Field]:
    """The fields so that each comes after the one that it depends on, as far as there is no circle."""
    by_name = {field.name: field for field in fields}

    def depth(field: Field) -> int:
        steps, at = 0, field
        while at.when is not None and at.when.field in by_name and steps < len(fields):
            steps, at = steps + 1, by_name[at.when.field]
        return steps

    return sorted(fields, key=depth)
