"""What must hold in the thresholds by which a step is suggested."""

from collections.abc import Iterator

from content.rating.rules import RatingRules
from content.rules import ContentRules
from schemes.checks import Finding
from schemes.content_checks.components import component_findings
from schemes.content_checks.naming import not_one_of, twice
from schemes.content_checks.rate_forms import measuring_forms
from schemes.document import Path

_HERE: Path = ("rating", "suggestion")


def suggestion_findings(rules: RatingRules, content: ContentRules) -> Iterator[Finding]:
    """The achievement is read from a form that has it; thresholds descend to 0 on steps of the scale."""
    rule = rules.suggestion
    if rule is None:
        return
    if rule.scale not in content.scales:
        yield (*_HERE, "scale"), not_one_of(rule.scale, content.scales, "scales")
        return
    of_achievement: Path = (*_HERE, "achievement")
    for path, reason in component_findings(
        of_achievement, rule.achievement, measuring_forms(content), content
    ):
        # A suggestion leaves out what has no number, where a score needs one that the rater sets.
        if path != (*of_achievement, "achievement"):
            yield path, reason
    here: Path = (*_HERE, "thresholds")
    steps = content.scales[rule.scale].names
    yield from twice(
        (((*here, at, "step"), each.step) for at, each in enumerate(rule.thresholds)), "threshold's step"
    )
    for at, each in enumerate(rule.thresholds):
        if each.step not in steps:
            yield (*here, at, "step"), not_one_of(each.step, steps, "steps of the scale")
        if at and each.at_least >= rule.thresholds[at - 1].at_least:
            yield (*here, at, "at_least"), f"{each.at_least:g} is not below the threshold before it"
    last = len(rule.thresholds) - 1
    if rule.thresholds[last].at_least != 0:
        yield (*here, last, "at_least"), "is not 0: every achievement has a step"
