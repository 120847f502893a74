"""The parts of a numeric score, each of which may be absent."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from content.forms.context import FormContext
from content.forms.fields import ChoiceField
from content.forms.mistakes import Mistake
from content.parts import Values
from content.rating.exact import exact, shown
from content.rating.outcome import WorkingStep
from content.rating.places import Found, values_at
from content.rating.plan_achievement import plan_achievement
from content.rating.rules import AverageComponent, Component, FieldPlace, InputComponent, PlanComponent
from content.rating.step_numbers import step_numbers
from content.rating.wording import step
from content.rules import ContentRules
from states.triggers import Trigger


@dataclass(frozen=True, slots=True)
class Material:
    """What a score is computed from."""

    rules: ContentRules
    filled: Values
    context: FormContext
    inputs: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Computed:
    """A component with its working; without a value it is absent, which is not zero."""

    value: Fraction | None
    place: tuple[str | int, ...]
    """Where its material is looked for."""
    working: tuple[WorkingStep, ...] = ()
    missing: tuple[Mistake, ...] = ()
    """Parts without which the component must not be computed, though others of it are there."""


def computed(component: Component, material: Material) -> Computed:
    """The value of a component in percent, or its absence."""
    if isinstance(component, PlanComponent):
        return _plan(component, material)
    if isinstance(component, AverageComponent):
        return _average(component, material)
    return _input(component, material)


def _plan(component: PlanComponent, material: Material) -> Computed:
    place = (component.realised.section,)
    parts = material.filled.get(component.realised.section)
    if material.context.plan is None or not isinstance(parts, dict) or not parts:
        return Computed(None, place)
    said = {name: part for name, part in parts.items() if isinstance(part, dict)}
    found = plan_achievement(component, material.context.plan, said, material.rules)
    return Computed(found.value, place, found.working, found.missing)


def _average(component: AverageComponent, material: Material) -> Computed:
    found = values_at(material.filled, component.of)
    numbers = [
        number for each in found if (number := _number(material.rules, component.of, each)) is not None
    ]
    place = (component.of.section,)
    if not numbers:
        return Computed(None, place)
    value = sum(numbers, Fraction(0)) / len(numbers)
    counted: dict[str, float | str] = {"component": component.name, "counted": len(numbers)}
    if len(numbers) < len(found):
        counted["absent"] = len(found) - len(numbers)
    return Computed(value, place, (step("average", counted, shown(value), component.article),))


def _input(component: InputComponent, material: Material) -> Computed:
    value = exact(material.inputs.get(component.input))
    place = ("inputs", component.input)
    if value is None:
        return Computed(None, place)
    numbers = {"component": component.name}
    return Computed(value, place, (step("input", numbers, shown(value), component.article),))


def _number(rules: ContentRules, place: FieldPlace, found: Found) -> Fraction | None:
    """A number as it stands, or what a chosen step counts."""
    if not isinstance(found.value, str):
        return exact(found.value)
    for form in rules.forms.values():
        for section in form.sections if form.trigger is Trigger.RATE else ():
            for field in section.fields if section.name == place.section else ():
                if field.name == place.field and isinstance(field, ChoiceField) and field.of in rules.scales:
                    return step_numbers(rules.scales[field.of]).get(found.value)
    return None
