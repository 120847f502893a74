"""From counts to how each rater rates beside all together. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from content.rating.leniency import Leniency, leniency
from content.scales import Scale
from service.distributions.own import is_counted
from store.rating.repository import RaterCount


@dataclass(frozen=True, slots=True)
class RatersPicture:
    """How raters rate."""

    leniency: Leniency
    on_other_scales: int
    """People with a predicate that the scale does not know: their cases run by another scheme."""


def raters_picture(counts: Iterable[RaterCount], predicates: Scale) -> RatersPicture:
    """The picture without the asker's own rating, as long as that was not handed over to him."""
    counted = [count for count in counts if is_counted(count.own)]
    known = [count for count in counted if count.predicate in predicates.names]
    others = sum(count.people for count in counted) - sum(count.people for count in known)
    pairs = ((str(count.rater_id), count.predicate) for count in known for _ in range(count.people))
    return RatersPicture(leniency(predicates, pairs), others)
