"""From counts to the picture of a unit, as far as its reader may see it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from content.rating.distribution import Distribution, distribution
from content.rating.rules import DistributionRules
from content.scales import Scale
from service.distributions.own import is_counted
from store.rating.repository import PredicateCount

FEWEST = 3
"""Of fewer people only their number is shown to anybody but HR: their predicates would be those of persons."""


@dataclass(frozen=True, slots=True)
class UnitPicture:
    """How the ratings of a unit are spread."""

    people: int
    on_other_scales: int
    """People with a predicate that the scale does not know: their cases run by another scheme."""
    distribution: Distribution | None
    """None where there are too few people to show it to the reader."""


def picture_of(
    counts: Iterable[PredicateCount],
    rules: DistributionRules | None,
    predicates: Scale,
    level: str | None,
    *,
    officer: bool,
) -> UnitPicture:
    """The picture for a personnel officer, or for the leader above the unit.

    He gets it for the unit alone and with the units below. So these must not be so few either that the
    difference would tell their predicates.
    """
    counted = [count for count in counts if is_counted(count.own)]
    known = [count for count in counted if count.predicate in predicates.names]
    people = sum(count.people for count in known)
    below = sum(count.people for count in known if count.below)
    others = sum(count.people for count in counted) - people
    if not officer and (people < FEWEST or 0 < below < FEWEST):
        return UnitPicture(people, others, None)
    given = [count.predicate for count in known for _ in range(count.people)]
    return UnitPicture(people, others, distribution(rules, predicates, level, given))
