"""What must hold in scales and lists."""

from collections.abc import Iterator

from content.rules import ContentRules
from schemes.checks import Finding
from schemes.content_checks.naming import not_one_of, twice
from schemes.document import Path


def list_findings(content: ContentRules) -> Iterator[Finding]:
    """Names are unique, codes too, and values and skills are lists."""
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
    yield from _skill_findings(content)


def _skill_findings(content: ContentRules) -> Iterator[Finding]:
    """Skills are one of the lists, are asked of job families that exist, and are told from values by their names."""
    if content.skills is not None and content.skills not in content.lists:
        yield ("skills",), not_one_of(content.skills, content.lists, "lists")
        return
    values = () if content.values not in content.lists else content.value_choices
    labels = {value.name: value.label for value in values}
    for name, listing in content.lists.items():
        for at, choice in enumerate(listing.choices):
            here: Path = ("lists", name, "choices", at)
            if name != content.skills:
                if choice.families:
                    yield (
                        (*here, "families"),
                        "has no effect: only of the skills some are asked of job families",
                    )
                continue
            for number, family in enumerate(choice.families):
                if family not in content.library:
                    yield (
                        (*here, "families", number),
                        not_one_of(family, content.library, "job families of the library"),
                    )
            if name != content.values and labels.get(choice.name, choice.label) != choice.label:
                yield (
                    (*here, "name"),
                    f"{choice.name!r} is also a value; notes and evidence could not tell them apart",
                )
