"""Numbers without the errors of binary fractions: a score of 89.995 is rounded as people do it on paper."""

import math
from decimal import Decimal
from fractions import Fraction

from pydantic import JsonValue

LARGEST = 10**15
"""No amount of work or money is larger; what claims to be is no number."""


def exact(value: JsonValue) -> Fraction | None:
    """The number that a JSON value writes, exactly as it is written; None for everything else and for no number.

    True and false are no numbers, nor are NaN and what is larger than `LARGEST`.
    """
    if isinstance(value, bool) or not isinstance(value, int | float) or not -LARGEST <= value <= LARGEST:
        return None
    return Fraction(str(value))


def rounded_half_up(value: Fraction, decimals: int) -> Decimal:
    """A number of 0 or more with so many decimals; half a unit goes up."""
    unit = 10**decimals
    return Decimal(math.floor(value * unit + Fraction(1, 2))).scaleb(-decimals)


def shown(value: Fraction) -> float:
    """A number for a working, with at most six decimals."""
    return float(round(value, 6))
