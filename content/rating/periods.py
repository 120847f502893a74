"""Several periods of one year and how much each weighs: pro rata by its days (PP 30/2019 art 36)."""

import calendar
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from content.rating.exact import rounded_half_up


@dataclass(frozen=True, slots=True)
class Period:
    """A part of a year under one plan and one rater. Both days belong to it."""

    case: str
    """Id of its appraisal."""
    first: dt.date
    last: dt.date
    predicate: str | None
    """None: closed without a rating, or not rated yet. That is absent, not the worst."""

    @property
    def days(self) -> int:
        """Its length, both ends counted."""
        return (self.last - self.first).days + 1

    @property
    def months(self) -> Decimal:
        """Its length in months with one decimal, as people say it: 1 January to 15 May are 4.5."""
        return rounded_half_up(_months(self.first, self.last), 1)


def weights(periods: Sequence[Period]) -> tuple[Fraction, ...]:
    """The share of each period in the days of all of them, which sum to exactly 1; none for no periods.

    Days between two periods belong to none and weigh nothing. Raises `ValueError` for periods that are not in
    order, overlap, or end before they begin: a day cannot be rated twice.
    """
    if any(period.days < 1 for period in periods):
        raise ValueError("a period ends before it begins")
    if any(later.first <= earlier.last for earlier, later in pairwise(periods)):
        raise ValueError("periods overlap or are out of order")
    whole = sum(period.days for period in periods)
    return tuple(Fraction(period.days, whole) for period in periods)


def _months(first: dt.date, last: dt.date) -> Fraction:
    total, month = Fraction(0), first.replace(day=1)
    while month <= last:
        length = calendar.monthrange(month.year, month.month)[1]
        end = month.replace(day=length)
        total += Fraction((min(last, end) - max(first, month)).days + 1, length)
        month = end + dt.timedelta(days=1)
    return total
