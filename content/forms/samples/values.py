"""A value that fits one field."""

import math
from decimal import Decimal

from pydantic import JsonValue

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
from content.forms.items import WAITING, items_of
from content.forms.kinds.number import exact
from content.forms.samples.drawing import Drawing
from content.forms.samples.sentences import UNITS, sentences_for

_MOST_USUAL = 100


def sample(field: PlainField, drawing: Drawing, *place: str | int) -> JsonValue:
    """A value that the field takes; None where the case has nothing that could stand there."""
    match field:
        case TextField():
            return _text(field, drawing, *place)
        case NumberField():
            return _number(field, drawing, *place)
        case TargetField():
            return _target(field, drawing, *place)
        case ChoiceField():
            choices = drawing.turned(drawing.rules.choices_of(field.of), *place)
            return list(choices[:2]) if field.many else next(iter(choices), None)
        case ItemField():
            return _item(field, drawing, *place)
        case DayField():
            return f"2027-{1 + drawing.number(12, *place):02}-{1 + drawing.number(28, *place):02}"
        case YesNoField():
            return bool(drawing.number(2, *place)) if field.must_be is None else field.must_be


def candidates(field: PlainField, drawing: Drawing, *place: str | int) -> tuple[JsonValue, ...]:
    """Everything that may stand in a field of few values, the drawn one first; of others one value."""
    if isinstance(field, ChoiceField):
        choices = drawing.turned(drawing.rules.choices_of(field.of), *place)
        return tuple([choice] if field.many else choice for choice in choices)
    if isinstance(field, YesNoField) and field.must_be is None:
        return drawing.turned((True, False), *place)
    return (sample(field, drawing, *place),)


def whole(decimals: int) -> Decimal:
    """The smallest step of a number with so many decimals."""
    return Decimal(1).scaleb(-decimals)


def json_number(number: Decimal) -> int | float:
    """The number as JSON writes it."""
    return int(number) if number == number.to_integral_value() else float(number)


def range_of(field: NumberField) -> tuple[Decimal, Decimal]:
    """The least and the most that the field takes, on its smallest steps; up to 100 where nothing limits it."""
    step = whole(field.decimals)
    least = Decimal(0) if field.at_least is None else exact(field.at_least)
    if field.at_least is None and field.at_most is not None:
        least = min(least, exact(field.at_most) - _MOST_USUAL)
    most = max(least, Decimal(0)) + _MOST_USUAL if field.at_most is None else exact(field.at_most)
    return Decimal(math.ceil(least / step)) * step, Decimal(math.floor(most / step)) * step


def _text(field: TextField, drawing: Drawing, *place: str | int) -> str:
    sentences = drawing.turned(sentences_for(field.name), *place)
    text, count = drawing.said(sentences[0]), 1
    while len(text) < field.shortest:
        text += f". {drawing.said(sentences[count % len(sentences)])}"
        count += 1
    # A cut may leave a blank at the end, which would not count.
    cut = text[: field.longest]
    return cut if cut == cut.rstrip() else f"{cut[:-1]}."


def _number(field: NumberField, drawing: Drawing, *place: str | int) -> JsonValue:
    least, most = range_of(field)
    if most < least:
        return None
    steps = int((most - least) / whole(field.decimals))
    return json_number(least + whole(field.decimals) * drawing.number(min(steps, 10**6) + 1, *place))


def _target(field: TargetField, drawing: Drawing, *place: str | int) -> JsonValue:
    if field.allows == "text":
        return {"text": drawing.said(drawing.turned(sentences_for("result"), *place)[0])}
    unit = drawing.turned(UNITS, *place)[0]
    return {"number": 1 + drawing.number(_MOST_USUAL, *place), "unit": drawing.said(unit)}


def _item(field: ItemField, drawing: Drawing, *place: str | int) -> JsonValue:
    if field.of is Source.SUPERIOR_RESULTS and drawing.context.superior_results is None:
        if not drawing.rules.plan.behind_superior or (field.many and field.required and field.at_least > 1):
            return None
        return [WAITING] if field.many else WAITING
    items = drawing.turned(items_of(field.of, drawing.rules, drawing.context), *place)
    if not field.many:
        return next(iter(items), None)
    if field.required and len(items) < field.at_least:
        return None
    return list(items[: max(1, field.at_least)]) or None
