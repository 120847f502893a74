"""Reads one rated field of a rating form: what was set, and on which side of what is expected it lies."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from content.forms.fields import ChoiceField, Field, NumberField
from content.parts import Words
from content.rating.outcome import Outcome
from content.rating.rules import AverageComponent, FieldPlace, NumericMethod, PlanComponent
from content.rating.standing import number_standing, step_standing
from content.rating.wording import STEP_LABELS
from content.rules import ContentRules
from content.scales import Scale

_INDICATOR_STEPS = ("indicator", "judged_indicator")


@dataclass(frozen=True, slots=True)
class Judged:
    """What was set in one field."""

    rating: str | float
    """A step of the scale; without one a number, of an indicator its achievement in percent."""
    scale: str | None
    standing: int
    """Above 0: better than expected; below 0: worse."""
    label: Words


def scale_of(field: Field, rules: ContentRules) -> Scale | None:
    """The scale of which a field takes one step; None for every other field."""
    return rules.scales.get(field.of) if isinstance(field, ChoiceField) and not field.many else None


def achievements_in(outcome: Outcome | None) -> Mapping[str, float]:
    """What the indicators achieved in percent, by id, from the working of an outcome."""
    return {
        str(step.numbers["indicator"]): step.result
        for step in (() if outcome is None else outcome.working)
        if step.name in _INDICATOR_STEPS and isinstance(step.result, float)
    }


def step_in(field: Field, value: JsonValue, rules: ContentRules) -> Judged | None:
    """A step that was set; None where none was, and for another kind of field."""
    scale = scale_of(field, rules)
    if scale is None or not isinstance(field, ChoiceField) or value not in scale.names:
        return None
    return Judged(str(value), field.of, step_standing(scale, str(value)), field.label)


def number_in(
    method: NumericMethod, place: FieldPlace, field: Field, value: JsonValue, achievement: float | None
) -> Judged | None:
    """A number that a component of the method takes; None where none was set.

    What was realised says nothing without its target: there the achievement counts.
    """
    if not isinstance(field, NumberField):
        return None
    for component in method.components:
        if isinstance(component, PlanComponent) and component.realised == place:
            return _judged(method, achievement, STEP_LABELS["indicator"])
        if isinstance(component, AverageComponent) and component.of == place:
            return _judged(method, value, field.label)
    return None


def _judged(method: NumericMethod, number: JsonValue, label: Words) -> Judged | None:
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    return Judged(float(number), None, number_standing(method.bands, number), label)
