"""Indicators that fit a post: the library of the job family that the post's name tells."""

from content.parts import Values
from content.posts import longest_in
from content.rules import ContentRules, LibraryIndicator


def family_of(post: str, rules: ContentRules) -> str | None:
    """The name of the job family of a post, such as *Guru Ahli Muda*; None where no family fits.

    A family fits where one of its posts stands in the name as whole words. Of several the one with the longest
    such words wins, since *kepala tata usaha* says more than *kepala*; then the one that the scheme names first.
    """
    best, length = None, 0
    for name, family in rules.library.items():
        longest = longest_in(family.posts, post)
        if longest > length:
            best, length = name, longest
    return best


def indicators_for(post: str, rules: ContentRules) -> tuple[LibraryIndicator, ...]:
    """The indicators to choose from for a post; none where no family fits."""
    family = family_of(post, rules)
    return () if family is None else rules.library[family].indicators


def taken_over(indicator: LibraryIndicator, *, language: str = "id") -> Values:
    """The indicator as the beginning of a row of a plan. The number of its target is for the employee to set."""
    row: Values = {
        "aspect": indicator.aspect,
        "indicator": indicator.indicator.en if language == "en" else indicator.indicator.id,
    }
    if indicator.subject is not None:
        row["subject"] = indicator.subject
    if indicator.unit is not None:
        row["target"] = {"unit": indicator.unit.en if language == "en" else indicator.unit.id}
    return row
