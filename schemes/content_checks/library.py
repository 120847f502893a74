"""What must hold in the library of indicators by job family."""

from collections.abc import Iterator

from content.forms.fields import ChoiceField
from content.rules import ContentRules
from schemes.checks import Finding
from schemes.content_checks.naming import not_one_of, twice
from schemes.content_checks.plan import indicator_fields
from schemes.document import Path

ASPECT = "aspect"
"""The field of an indicator that holds what is measured: quantity, quality, time, cost."""
SUBJECT = "subject"
"""The field of an indicator that holds what it is about."""


def library_findings(content: ContentRules) -> Iterator[Finding]:
    """Each indicator has an aspect, and a subject if any, that the plan's form knows; words of posts are unique and
    in small letters.
    """
    aspects, subjects = _choices(ASPECT, content), _choices(SUBJECT, content)
    posts: list[tuple[Path, str]] = []
    for name, family in content.library.items():
        here: Path = ("library", name)
        for at, post in enumerate(family.posts):
            posts.append(((*here, "posts", at), post))
            if post != post.lower():
                yield (*here, "posts", at), f"{post!r} has capital letters; posts are compared in small ones"
        there: Path = (*here, "indicators")
        yield from twice(
            (((*there, at, "name"), each.name) for at, each in enumerate(family.indicators)), "indicator"
        )
        for at, indicator in enumerate(family.indicators):
            if indicator.aspect not in aspects:
                yield (
                    (*there, at, "aspect"),
                    not_one_of(indicator.aspect, aspects, "aspects of the plan's form"),
                )
            if indicator.subject is not None and indicator.subject not in subjects:
                yield (
                    (*there, at, "subject"),
                    not_one_of(indicator.subject, subjects, "subjects of the plan's form"),
                )
    yield from twice(posts, "job family's post")


def _choices(name: str, content: ContentRules) -> tuple[str, ...]:
    """What may be chosen in a field of an indicator; nothing where the plan's form has no such choice."""
    field = indicator_fields(content).get(name)
    return content.choices_of(field.of) if isinstance(field, ChoiceField) else ()
