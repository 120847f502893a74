"""From the predicates of several periods to one of the year, as the scheme chooses it.

The law weighs periods (PP 30/2019 art 36) and says nowhere how two predicates become one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from content.rating.exact import shown
from content.rating.outcome import WorkingStep
from content.rating.periods import Period, weights
from content.rating.rules import RatingRules
from content.rating.step_numbers import step_numbers
from content.rating.wording import step
from content.scales import Scale

ARTICLE = "PP 30/2019 art 36"


@dataclass(frozen=True, slots=True)
class YearPredicate:
    """The predicate of a year of several periods."""

    predicate: str | None
    """None: no rating from which it follows is there yet."""
    earlier: tuple[Period, ...]
    """The periods before the last one: locked, and at hand for the present rater."""
    working: tuple[WorkingStep, ...]


def year_predicate(rules: RatingRules, scale: Scale, periods: Sequence[Period]) -> YearPredicate:
    """One predicate from the periods of a year in their order, by ``rules.part_years``.

    ``present_rater`` combines nothing: the predicate of the last period is that of the year, set by a rater who has
    the earlier ones before him. ``months`` weighs the numbers of the predicates by the days of the periods and
    takes the nearest step, the better of two that are equally near. ``longest`` takes that of the longest rated
    period, the later of two. Where something is combined, a period without a predicate is named and left out.
    """
    rated = [period for period in periods if period.predicate is not None]
    steps = [
        *_listed(periods),
        *(step("absent", {"period": each.case}, None, ARTICLE) for each in periods if not each.predicate),
    ]
    predicate: str | None = None
    if not periods:
        return YearPredicate(None, (), ())
    if rules.part_years == "present_rater":
        predicate = periods[-1].predicate
        steps.append(step("present_period", {"period": periods[-1].case}, predicate, ARTICLE))
    elif rated and rules.part_years == "longest":
        longest = max(reversed(rated), key=lambda period: period.days)
        predicate = longest.predicate
        steps.append(step("longest_period", {"period": longest.case}, predicate, ARTICLE))
    elif rated:
        predicate, combined = _combined(scale, rated)
        steps.append(combined)
    return YearPredicate(predicate, tuple(periods[:-1]), tuple(steps))


def _listed(periods: Sequence[Period]) -> list[WorkingStep]:
    return [
        step(
            "period",
            {
                "period": period.case,
                "days": period.days,
                "months": float(period.months),
                "weight": shown(100 * weight),
            },
            period.predicate,
            ARTICLE,
        )
        for period, weight in zip(periods, weights(periods), strict=True)
    ]


def _combined(scale: Scale, rated: Sequence[Period]) -> tuple[str, WorkingStep]:
    numbers = step_numbers(scale)
    values = [numbers[str(period.predicate)] for period in rated]
    shares = weights(rated)
    mean = sum((share * value for share, value in zip(shares, values, strict=True)), Fraction(0))
    # The names stand from the best to the worst, so the better of two that are equally near is found first.
    nearest = min(scale.names, key=lambda name: abs(numbers[name] - mean))
    said: dict[str, float | str] = {
        period.case: shown(value) for period, value in zip(rated, values, strict=True)
    }
    return nearest, step(
        "combined_periods",
        {**said, "mean": shown(mean), "nearest": shown(numbers[nearest])},
        nearest,
        ARTICLE,
    )
