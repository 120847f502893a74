"""The number that a member's file carries: the results of his teams, weighed by the days of his membership."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Carried:
    """A membership of somebody, and what his team's result counts."""

    days: int
    """Within the period that is appraised."""
    number: float | None
    """That of the step that the team was given; None while it has no result."""


def days_within(first: dt.date, last: dt.date, begins: dt.date, ends: dt.date) -> int:
    """How many days of ``first`` to ``last`` lie in the period; both ends count, and a part that is empty has none."""
    return max(0, (min(last, ends) - max(first, begins)).days + 1)


def number_of(memberships: Iterable[Carried]) -> Fraction | None:
    """The mean of the results, weighed by days, exactly. A team without a result is absent and never counts as zero.

    None where no day was spent in a team that has a result.
    """
    rated = [(each.days, Fraction(str(each.number))) for each in memberships if each.number is not None]
    days = sum(days for days, _number in rated)
    return sum((days * number for days, number in rated), Fraction(0)) / days if days else None
