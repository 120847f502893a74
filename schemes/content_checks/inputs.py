"""What must hold in the inputs of a rating and in the feedback of the public."""

from collections.abc import Iterator

from content.inputs.rules import SurveyRules
from content.public.rules import PublicFeedbackRules
from content.rules import ContentRules
from schemes.checks import Finding
from schemes.content_checks.naming import not_one_of, twice
from schemes.document import Path


def input_findings(content: ContentRules) -> Iterator[Finding]:
    """Inputs ask for things of lists that exist, on scales whose steps are numbers."""
    for name, rules in content.inputs.items():
        here: Path = ("inputs", name)
        yield from _numbered((*here, "scale"), rules.scale, content)
        if isinstance(rules, SurveyRules):
            yield from _survey(here, rules, content)
    yield from _public(content)


def _survey(here: Path, rules: SurveyRules, content: ContentRules) -> Iterator[Finding]:
    if rules.asks not in content.lists:
        yield (*here, "asks"), not_one_of(rules.asks, content.lists, "lists")
    elif rules.asks == content.skills and all(choice.families for choice in content.skill_choices):
        yield (
            (*here, "asks"),
            "of a post that no job family fits nothing would be asked: all skills are of some",
        )
    yield from twice((((*here, "groups", at, "name"), g.name) for at, g in enumerate(rules.groups)), "group")
    yield from twice((((*here, "texts", at, "name"), t.name) for at, t in enumerate(rules.texts)), "text")
    for at, days in enumerate(rules.remind):
        if days >= rules.days:
            yield (
                (*here, "remind", at),
                f"{days} is before the survey opens; it is open for {rules.days} days",
            )
    for at, group in enumerate(rules.groups):
        if group.at_most < rules.minimum:
            yield (
                (*here, "groups", at, "at_most"),
                f"{group.at_most} is below the minimum, {rules.minimum}: nothing would ever be shown of {group.name}",
            )


def _public(content: ContentRules) -> Iterator[Finding]:
    rules = content.public_feedback
    if rules is None:
        return
    here: Path = ("public_feedback",)
    if rules.elements not in content.lists:
        yield (*here, "elements"), not_one_of(rules.elements, content.lists, "lists")
    yield from _numbered((*here, "scale"), rules.scale, content)
    yield from _reached(here, rules, content)
    for at, category in enumerate(rules.categories):
        if at and category.at_least >= rules.categories[at - 1].at_least:
            yield (
                (*here, "categories", at, "at_least"),
                f"{category.at_least:g} is not below the category before it",
            )


def _reached(here: Path, rules: PublicFeedbackRules, content: ContentRules) -> Iterator[Finding]:
    """The last category begins no higher than the lowest index there is, so that every index has its category."""
    numbers = (
        [step.number for step in content.scales[rules.scale].steps] if rules.scale in content.scales else []
    )
    known = [number for number in numbers if number is not None]
    last = rules.categories[-1]
    if known and last.at_least > min(known) * rules.factor:
        yield (
            (*here, "categories", len(rules.categories) - 1, "at_least"),
            f"{last.at_least:g} is above the lowest index, {min(known) * rules.factor:g}, which would have no category",
        )


def _numbered(here: Path, scale: str, content: ContentRules) -> Iterator[Finding]:
    if scale not in content.scales:
        yield here, not_one_of(scale, content.scales, "scales")
        return
    for at, step in enumerate(content.scales[scale].steps):
        if step.number is None:
            yield (
                ("scales", scale, "steps", at, "number"),
                f"is required: {'.'.join(map(str, here))} counts with it",
            )
