"""Ratings as most people get them, so that a rehearsed agency looks like one."""

from content.forms.checking import check
from content.forms.conditions import asked_fields
from content.forms.context import FormContext
from content.forms.fields import ChoiceField, Field
from content.forms.form import Form
from content.parts import Values
from content.plan.reading import identity, indicators_of
from content.rating.rules import AverageComponent, FieldPlace, MatrixMethod, NumericMethod, PlanComponent
from content.rules import ContentRules
from content.scales import Scale
from states.scripted.temperament import Dice

_USUAL = (1, 1, 1, 1, 0, 0, 2)
"""Where most people stand on a scale from the best to the worst: in the middle."""

_LOWEST, _HIGHEST = 88, 116
"""Percent of what was expected, between which most people stand."""

_AS_DRAWN = 5
"""Of so many and one more steps one stays as it was drawn."""


def usual_rating(filled: Values, form: Form, rules: ContentRules, context: FormContext, seed: str) -> Values:
    """The rating form with usual ratings in it, where the form stays as complete as it was; else ``filled``."""
    method = None if rules.rating is None else rules.rating.method
    if isinstance(method, MatrixMethod):
        changed = _judged(filled, method, rules, seed)
    elif isinstance(method, NumericMethod):
        changed = _measured(filled, form, method, rules, context, seed)
    else:
        return filled
    before, after = (len(check(form, each, rules, context).mistakes) for each in (filled, changed))
    return changed if after <= before else filled


def _judged(filled: Values, method: MatrixMethod, rules: ContentRules, seed: str) -> Values:
    steps, dice = rules.choices_of(method.scale), Dice(seed)
    for throw, place in enumerate((method.results, method.behaviour), 1):
        section = filled.get(place.section)
        if isinstance(section, dict):
            step = steps[min(_USUAL[dice.among(throw, 0, len(_USUAL) - 1)], len(steps) - 1)]
            filled = filled | {place.section: section | {place.field: step}}
    return filled


def _measured(
    filled: Values, form: Form, method: NumericMethod, rules: ContentRules, context: FormContext, seed: str
) -> Values:
    targets = {} if context.plan is None else _targets(context.plan, rules)
    for component in method.components:
        if isinstance(component, AverageComponent):
            fields = next((each.fields for each in form.sections if each.name == component.of.section), ())
            field = next((each for each in fields if each.name == component.of.field), None)
            if isinstance(field, ChoiceField):
                filled = _with_steps(filled, component.of, fields, rules.scales[field.of], seed)
            else:
                filled = _with_numbers(filled, component.of, {}, seed)
        elif isinstance(component, PlanComponent):
            filled = _with_numbers(filled, component.realised, targets, seed)
    return filled


def _with_numbers(filled: Values, place: FieldPlace, targets: dict[str, float], seed: str) -> Values:
    """A number for each part of a section: some percent of its target, or of 100 where it has none."""
    section = filled.get(place.section)
    if not isinstance(section, dict):
        return filled
    parts: Values = {}
    for item, part in section.items():
        percent = Dice(f"{seed}|{place.section}|{item}").among(0, _LOWEST, _HIGHEST)
        number = round(targets.get(item, 100) * percent / 100, 2)
        parts[item] = part | {place.field: number} if isinstance(part, dict) else part
    return filled | {place.section: parts}


def _with_steps(
    filled: Values, place: FieldPlace, fields: tuple[Field, ...], scale: Scale, seed: str
) -> Values:
    """The step that is nearest to what most people reach, for most parts of a section.

    Some parts stay as they were drawn, so that people have strengths and weaknesses, and so do those of which the
    usual step would ask for more than was filled in.
    """
    section = filled.get(place.section)
    if not isinstance(section, dict):
        return filled
    parts: Values = {}
    for item, part in section.items():
        dice = Dice(f"{seed}|{place.section}|{item}")
        parts[item] = part
        if isinstance(part, dict) and dice.among(1, 0, _AS_DRAWN) > 0:
            percent = dice.among(0, _LOWEST, _HIGHEST)
            step = min(scale.steps, key=lambda each: abs((each.number or 0) - percent)).name
            changed = part | {place.field: step}
            asked = asked_fields(fields, changed)
            kept = {name: value for name, value in changed.items() if asked.get(name, True)}
            if all(field.name in kept for field in fields if field.required and asked[field.name]):
                parts[item] = kept
    return filled | {place.section: parts}


def _targets(plan: Values, rules: ContentRules) -> dict[str, float]:
    found = {}
    for _result, row in indicators_of(plan, rules):
        target = row.get("target")
        number = target.get("number") if isinstance(target, dict) else None
        if isinstance(number, int | float):
            found[identity(row)] = float(number)
    return found
