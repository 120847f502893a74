"""What must hold in one component of a score."""

from collections.abc import Iterator

from content.forms.fields import ChoiceField, Field, NumberField, Source, TargetField, YesNoField
from content.forms.form import EachSection, Form
from content.rating.rules import AverageComponent, Component, FieldPlace, InputComponent, PlanComponent
from content.rules import ContentRules
from schemes.checks import Finding
from schemes.content_checks.naming import not_one_of
from schemes.content_checks.plan import indicator_fields, result_fields
from schemes.content_checks.rate_forms import fields_at, place_findings
from schemes.document import Path

MOST = 120
"""The highest number of a part of a score (PP 30/2019 art 29(6))."""


def component_findings(
    here: Path, component: Component, forms: dict[str, Form], content: ContentRules
) -> Iterator[Finding]:
    """What the component reads stands in the forms and is a number."""
    if isinstance(component, PlanComponent):
        yield from _plan(here, component, forms, content)
    elif isinstance(component, AverageComponent):
        yield from place_findings((*here, "of"), component.of, forms)
        for _, field in fields_at(component.of, forms):
            if not _counts(field, content):
                yield (
                    (*here, "of", "field"),
                    f"{field.name!r} is neither a number nor a choice of a scale with numbers",
                )
    elif component.input not in content.inputs:
        yield (*here, "input"), not_one_of(component.input, content.inputs, "inputs")
    else:
        yield from _input(component, content)


def _input(component: InputComponent, content: ContentRules) -> Iterator[Finding]:
    """What a score is computed from lies between 0 and 120."""
    name = content.inputs[component.input].scale
    steps = content.scales[name].steps if name in content.scales else ()
    for at, step in enumerate(steps):
        if step.number is not None and not 0 <= step.number <= MOST:
            yield (
                ("scales", name, "steps", at, "number"),
                f"{step.number:g} is outside 0 to {MOST}, and the rating counts with it as a part of the score",
            )


def _plan(
    here: Path, component: PlanComponent, forms: dict[str, Form], content: ContentRules
) -> Iterator[Finding]:
    yield from place_findings((*here, "realised"), component.realised, forms)
    for section, field in fields_at(component.realised, forms):
        if not (isinstance(section, EachSection) and section.of is Source.INDICATORS):
            yield (*here, "realised", "section"), f"{section.name!r} has no part for each of plan.indicators"
        elif not isinstance(field, NumberField):
            yield (*here, "realised", "field"), f"{field.name!r} is not a number"
    yield from _achievement(here, component, forms, content)
    numbers = [n for n, field in result_fields(content).items() if isinstance(field, NumberField)]
    if component.weights is not None and component.weights not in numbers:
        yield (*here, "weights"), not_one_of(component.weights, numbers, "numbers of a result")
    yes_no = [n for n, field in indicator_fields(content).items() if isinstance(field, YesNoField)]
    if component.lower_is_better is not None and component.lower_is_better not in yes_no:
        yield (
            (*here, "lower_is_better"),
            not_one_of(component.lower_is_better, yes_no, "yes_no fields of an indicator"),
        )


def _achievement(
    here: Path, component: PlanComponent, forms: dict[str, Form], content: ContentRules
) -> Iterator[Finding]:
    """An indicator has its target; where that may be words, a number beside ``realised`` says the achievement."""
    targets = {n: field for n, field in indicator_fields(content).items() if isinstance(field, TargetField)}
    target = targets.get(component.target)
    if target is None:
        yield (*here, "target"), not_one_of(component.target, targets, "targets of an indicator")
        return
    if target.allows == "number":
        return
    place = FieldPlace(section=component.realised.section, field=component.achievement)
    if not any(isinstance(field, NumberField) for _, field in fields_at(place, forms)):
        missing = f"{component.achievement!r} is not a number of {component.realised.section}"
        yield (*here, "achievement"), f"{missing}: a target may be words, which nothing is divided by"


def _counts(field: Field, content: ContentRules) -> bool:
    if isinstance(field, NumberField):
        return True
    scale = content.scales.get(field.of) if isinstance(field, ChoiceField) and not field.many else None
    return scale is not None and all(step.number is not None for step in scale.steps)
