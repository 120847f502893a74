"""What must hold in the rules of what follows from a result."""

from collections.abc import Iterator

from content.rules import ContentRules
from schemes.checks import Finding
from schemes.content_checks.naming import not_one_of, twice


def follow_up_findings(content: ContentRules) -> Iterator[Finding]:
    """Trainings help with weaknesses that are on the list."""
    rules = content.follow_up
    if rules.weaknesses is not None and rules.weaknesses not in content.lists:
        yield ("follow_up", "weaknesses"), not_one_of(rules.weaknesses, content.lists, "lists")
        return
    known = () if rules.weaknesses is None else content.lists[rules.weaknesses].names
    yield from twice(
        ((("follow_up", "trainings", at, "name"), each.name) for at, each in enumerate(rules.trainings)),
        "training",
    )
    for at, training in enumerate(rules.trainings):
        for number, weakness in enumerate(training.for_weaknesses):
            if weakness not in known:
                here = ("follow_up", "trainings", at, "for_weaknesses", number)
                yield here, not_one_of(weakness, known, "weaknesses")
