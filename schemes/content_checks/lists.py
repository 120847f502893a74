"""What must hold in scales and lists."""

from collections.abc import Iterator

from content.rules import ContentRules
from schemes.checks import Finding
from schemes.content_checks.naming import not_one_of, twice
from schemes.document import Path


def list_findings(content: ContentRules) -> Iterator[Finding]:
    """Names are unique, codes too, and the values are one of the lists."""
    for name, scale in content.scales.items():
        here: Path = ("scales", name, "steps")
        yield from twice((((*here, at, "name"), step.name) for at, step in enumerate(scale.steps)), "step")
        codes: set[int] = set()
        for at, step in enumerate(scale.steps):
            if step.code in codes:
                yield (*here, at, "code"), f"{step.code} is the code of another step of this scale"
            if step.code is not None:
                codes.add(step.code)
    for name, listing in content.lists.items():
        here = ("lists", name, "choices")
        yield from twice(
            (((*here, at, "name"), choice.name) for at, choice in enumerate(listing.choices)), "choice"
        )
        if name in content.scales:
            yield ("lists", name), "is the name of a scale, too; a field could not tell them apart"
    if content.values is not None and content.values not in content.lists:
        yield ("values",), not_one_of(content.values, content.lists, "lists")
