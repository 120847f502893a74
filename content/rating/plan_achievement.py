"""The achievement of a whole plan: indicators averaged by result, results weighed (PP 30/2019 art 41)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from content.forms.mistakes import Mistake
from content.parts import Values
from content.plan.reading import Row, indicators_of, results_of
from content.rating.exact import exact, shown
from content.rating.indicators import Achieved, indicator_achievement
from content.rating.outcome import WorkingStep
from content.rating.rules import PlanComponent
from content.rating.wording import step
from content.rules import ContentRules


@dataclass(frozen=True, slots=True)
class PlanAchievement:
    """What a plan achieved in percent, as far as it is known."""

    value: Fraction | None
    """None: no indicator has a number."""
    working: tuple[WorkingStep, ...]
    missing: tuple[Mistake, ...]
    """Indicators without a number, each at its place. They are left out, never counted as zero."""


def plan_achievement(
    component: PlanComponent, plan: Values, parts: Mapping[str, Values], rules: ContentRules
) -> PlanAchievement:
    """The weighed mean of the results, each the mean of its indicators.

    ``parts`` holds by id of the indicator what a form says of it. A result of which nothing is known, and one
    that weighs nothing, moves nothing; the weights of the others then count for the whole.
    """
    working: list[WorkingStep] = []
    missing: list[Mistake] = []
    total, weight = Fraction(0), Fraction(0)
    indicators: defaultdict[str, list[Row]] = defaultdict(list)
    for of, row in indicators_of(plan, rules):
        indicators[of].append(row)
    for result in results_of(plan, rules):
        achieved = [
            indicator_achievement(component, indicator, parts.get(str(indicator["id"]), {}))
            for indicator in indicators[str(result["id"])]
        ]
        working += [each.working for each in achieved if each.working]
        missing += [each.missing for each in achieved if each.missing]
        mean, share = _mean(achieved), _weight(component, result)
        if mean is None:
            working.append(step("absent", {"result": str(result["id"])}, None, component.article))
            continue
        numbers: dict[str, float | str] = {"result": str(result["id"]), "weight": shown(share)}
        working.append(step("result", numbers, shown(mean), component.article))
        total, weight = total + share * mean, weight + share
    if not weight:
        return PlanAchievement(None, tuple(working), tuple(missing))
    value = total / weight
    working.append(step("plan", {"weights": shown(weight)}, shown(value), component.article))
    return PlanAchievement(value, tuple(working), tuple(missing))


def _mean(achieved: list[Achieved]) -> Fraction | None:
    known = [each.value for each in achieved if each.value is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def _weight(component: PlanComponent, result: Row) -> Fraction:
    if component.weights is None:
        return Fraction(1)
    return max(exact(result.get(component.weights)) or Fraction(0), Fraction(0))
