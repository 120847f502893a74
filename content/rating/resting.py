"""On what a rating rests: whether it can be made without a plan on its form."""

from content.rating.rules import AverageComponent, Component, NumericMethod, PlanComponent
from content.rules import ContentRules
from states.triggers import Trigger


def rests_on_plan(rules: ContentRules) -> bool:
    """Whether a rating of somebody with a plan can only be computed from the indicators of that plan.

    Then a plan of words alone leaves nothing to compute from, whatever the rater fills in.
    """
    found = rules.form_for(Trigger.RATE)
    if rules.rating is None or found is None or not isinstance(rules.rating.method, NumericMethod):
        return False
    method, (_, form) = rules.rating.method, found
    asked = {section.name for section in form.sections}
    there = {each.name for each in method.components if _is_there(each, asked)}
    return not any(set(weighting.weights) <= there for weighting in method.weightings)


def _is_there(component: Component, asked: set[str]) -> bool:
    """Whether the form of somebody with a plan can give it though the plan has no indicators."""
    if isinstance(component, PlanComponent):
        return False
    return not isinstance(component, AverageComponent) or component.of.section in asked
