"""A step that may be suggested to the rater. It shows its working and never rates."""

from collections.abc import Mapping
from dataclasses import dataclass

from content.forms.mistakes import Mistake
from content.parts import Values
from content.rating.exact import shown
from content.rating.outcome import WorkingStep
from content.rating.plan_achievement import plan_achievement
from content.rating.wording import step
from content.rules import ContentRules


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the thresholds of the scheme say of the achievement of a plan; no rating and no predicate."""

    step: str | None
    """The step of the scheme's scale; None where no indicator has a number."""
    achievement: float | None
    """In percent."""
    missing: tuple[Mistake, ...]
    """Indicators without a number. They are left out, never counted as zero."""
    working: tuple[WorkingStep, ...]


def suggestion(
    rules: ContentRules,
    plan: Values,
    parts: Mapping[str, Values],
    progress: Mapping[str, float] | None = None,
) -> Suggestion | None:
    """What is suggested for the results; None for a scheme without thresholds.

    ``parts`` holds by id of the indicator what a form says of it: the self-assessment, or the rating as far as it
    is filled in. ``progress`` is the last number noted in the year, by id, for indicators of which the form says
    nothing.
    """
    rule = None if rules.rating is None else rules.rating.suggestion
    if rule is None:
        return None
    field = rule.achievement.realised.field
    noted: dict[str, Values] = {name: {field: number} for name, number in (progress or {}).items()}
    said = {name: part for name, part in parts.items() if part}
    found = plan_achievement(rule.achievement, plan, {**noted, **said}, rules)
    if found.value is None:
        return Suggestion(None, None, found.missing, found.working)
    *upper, last = rule.thresholds
    reached = next((each for each in upper if found.value >= each.at_least), last)
    numbers: dict[str, float | str] = {"achievement": shown(found.value), "at_least": reached.at_least}
    working = (*found.working, step("threshold", numbers, reached.step, rule.article))
    return Suggestion(reached.step, shown(found.value), found.missing, working)
