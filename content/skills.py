"""The skills that a post asks for."""

from content.plan.library import family_of
from content.rules import ContentRules
from content.scales import Choice


def skills_for(post: str, rules: ContentRules) -> tuple[Choice, ...]:
    """The skills of a post in the order of the list: those of everybody, and those of the post's job family."""
    return fitting(rules.skill_choices, family_of(post, rules))


def fitting(choices: tuple[Choice, ...], family: str | None) -> tuple[Choice, ...]:
    """The choices that are asked of a job family; of a post that no family fits, those of everybody."""
    return tuple(choice for choice in choices if not choice.families or family in choice.families)
