"""Numbers as JSON writes them: finite, not too long, and written in one way (12, not 12.0)."""

import math
from decimal import Decimal
from typing import Final

from pydantic import JsonValue

from content.forms.examination import Examination
from content.forms.fields import NumberField
from content.forms.mistakes import Path, Reason

LARGEST: Final = 10**15
"""Up to here a float keeps every whole number apart and jsonb gives back what was written."""


def check_figure(
    value: JsonValue,
    path: Path,
    examination: Examination,
    *,
    least: float = -LARGEST,
    most: float = LARGEST,
    decimals: int,
) -> JsonValue:
    """A number within bounds and with so many decimals at most. True and false are no numbers."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not _finite(value):
        examination.note(path, Reason.WRONG_TYPE, expected="number")
        return value
    if value < least:
        examination.note(path, Reason.TOO_SMALL, least=written(least))
    elif value > most:
        examination.note(path, Reason.TOO_LARGE, most=written(most))
    if isinstance(value, float) and decimals_of(value) > decimals:
        examination.note(path, Reason.TOO_PRECISE, decimals=str(decimals))
    whole = abs(value) <= LARGEST and value == int(value)
    return int(value) if whole else value


def check_number(field: NumberField, value: JsonValue, path: Path, examination: Examination) -> JsonValue:
    """The value of a number field."""
    return check_figure(
        value,
        path,
        examination,
        least=-LARGEST if field.at_least is None else field.at_least,
        most=LARGEST if field.at_most is None else field.at_most,
        decimals=field.decimals,
    )


def written(number: float) -> str:
    """A bound as people write it: without needless zeros or an exponent."""
    return f"{exact(number).normalize():f}"


def exact(number: float) -> Decimal:
    """The number as it is written in JSON, not as the machine's nearest fraction."""
    return Decimal(repr(number))


def decimals_of(number: float) -> int:
    """How many decimals the number is written with."""
    exponent = exact(number).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _finite(value: float) -> bool:
    return isinstance(value, int) or math.isfinite(value)
