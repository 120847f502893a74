"""What must hold in the expected distribution of predicates."""

from collections.abc import Iterator

from content.rating.rules import Limit, RatingRules
from content.rules import ContentRules
from schemes.checks import Finding
from schemes.content_checks.naming import not_one_of
from schemes.document import Path

_HERE: Path = ("rating", "distribution")


def distribution_findings(rules: RatingRules, content: ContentRules) -> Iterator[Finding]:
    """Each level of the organisation has its limits, each limit expects something of known predicates."""
    if rules.distribution is None:
        return
    levels = content.scales.get(rules.distribution.levels)
    if levels is None:
        yield (*_HERE, "levels"), not_one_of(rules.distribution.levels, content.scales, "scales")
        return
    here: Path = (*_HERE, "expected")
    for level in levels.names:
        if level not in rules.distribution.expected:
            yield here, f"lacks {level}: every level of the organisation has its limits, or an empty list"
    for level, limits in rules.distribution.expected.items():
        if level not in levels.names:
            yield (*here, level), not_one_of(level, levels.names, "levels")
        for at, limit in enumerate(limits):
            yield from _limit((*here, level, at), limit, content.scales[rules.predicates].names)


def _limit(here: Path, limit: Limit, predicates: tuple[str, ...]) -> Iterator[Finding]:
    for at, predicate in enumerate(limit.predicates):
        if predicate not in predicates:
            yield (*here, "predicates", at), not_one_of(predicate, predicates, "predicates")
    if limit.at_least is None and limit.at_most is None and not limit.largest and not limit.some:
        yield here, "expects nothing; give at_least, at_most, largest or some"
    if limit.at_least is not None and limit.at_most is not None and limit.at_least > limit.at_most:
        yield (*here, "at_least"), f"{limit.at_least:g} is more than at_most, {limit.at_most:g}"
