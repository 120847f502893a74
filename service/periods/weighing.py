"""The days and the weights of the periods of a year."""

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from content.rating.periods import Period, weights
from service.periods.seeing import SeenPeriod


def as_periods(seen: Sequence[SeenPeriod]) -> list[Period]:
    """The periods with their days, and with the predicates that are open to the asker."""
    return [
        Period(
            str(each.stored.id),
            each.stored.period_from or dt.date(each.stored.year, 1, 1),
            each.stored.period_until or dt.date(each.stored.year, 12, 31),
            _predicate(each),
        )
        for each in seen
    ]


def shares(periods: Sequence[Period]) -> tuple[Fraction | None, ...]:
    """The share of each period in all days; none where periods on record overlap, so that no share would be right."""
    apart = all(later.first > earlier.last for earlier, later in pairwise(periods))
    if not apart or any(period.days < 1 for period in periods):
        return (None,) * len(periods)
    return weights(periods)


def _predicate(seen: SeenPeriod) -> str | None:
    outcome = (seen.stored.content or {}).get("outcome") if seen.open else None
    return outcome["predicate"] if isinstance(outcome, dict) else None
