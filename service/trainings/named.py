"""Which weaknesses were named when a result was handed over. Pure."""

from content.follow_up.skills import Standing, named
from content.parts import Values
from content.rules import ContentRules


def named_weaknesses(rules: ContentRules, filled: Values | None) -> tuple[str, ...]:
    """The weaknesses in a filled form, by name; none where the form has only words for them, or was not filled in."""
    return named(rules, filled, Standing.WEAK)
