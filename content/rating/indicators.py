"""The achievement of one indicator in percent (PP 30/2019 art 29)."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from pydantic import JsonValue

from content.forms.mistakes import Mistake, Reason
from content.parts import Values
from content.rating.exact import exact, shown
from content.rating.outcome import WorkingStep
from content.rating.rules import PlanComponent
from content.rating.wording import step


@dataclass(frozen=True, slots=True)
class Achieved:
    """What one indicator achieved, or what is missing to know it: exactly one of the two is there."""

    value: Fraction | None
    working: WorkingStep | None
    missing: Mistake | None


def indicator_achievement(
    component: PlanComponent, indicator: Values, part: Mapping[str, JsonValue]
) -> Achieved:
    """Realised against target, from 0 up to the cap.

    ``indicator`` is the row of the plan, ``part`` what a form holds about it. A target in words, or one that is
    not above 0, cannot be divided by: then the achievement that the rater sets counts. What was realised less
    than asked where less is better is mirrored at the target: 8 of at most 10 days are 120 %.
    """
    name = str(indicator["id"])
    target = _target(indicator.get(component.target))
    field = component.realised.field if target else component.achievement
    given = exact(part.get(field))
    if given is None:
        return Achieved(None, None, Mistake((component.realised.section, name, field), Reason.MISSING))
    numbers: dict[str, float | str] = {"indicator": name}
    if target is None:
        kind, value = "judged_indicator", given
        numbers["achievement"] = shown(given)
    else:
        kind, mirrored = "indicator", _is_mirrored(component, indicator)
        value = 100 * ((2 * target - given) if mirrored else given) / target
        numbers |= {"target": shown(target), "realised": shown(given)}
        if mirrored:
            numbers["mirrored_at"] = shown(target)
    capped = min(max(value, Fraction(0)), Fraction(str(component.cap)))
    if capped != value:
        numbers["before_limits"] = shown(value)
    return Achieved(capped, step(kind, numbers, shown(capped), component.article), None)


def _target(target: JsonValue) -> Fraction | None:
    """The number to divide by; None for a target in words, and for one that cannot be divided by."""
    number = exact(target.get("number")) if isinstance(target, dict) else None
    return number if number is not None and number > 0 else None


def _is_mirrored(component: PlanComponent, indicator: Values) -> bool:
    return component.lower_is_better is not None and indicator.get(component.lower_is_better) is True
