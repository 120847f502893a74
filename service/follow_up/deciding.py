"""What follows for one person from what was gathered. Pure."""

from dataclasses import dataclass

from content.follow_up.awards import awards
from content.follow_up.credit_points import credit_points
from content.follow_up.nominations import nominations
from content.follow_up.outcome import CreditPoints, FollowUp
from service.follow_up.gathering import Gathered
from service.follow_up.results import ReadCase, rated_periods

FUNCTIONAL = frozenset({"2", "3"})
"""Kinds of posts that have credit points: functional ones, also those held with a structural one."""


@dataclass(frozen=True, slots=True)
class Followed:
    """Everything that follows for a person."""

    nominations: tuple[FollowUp, ...]
    awards: tuple[FollowUp, ...]
    credit_points: CreditPoints | None
    """None where the scheme knows none."""

    @property
    def all(self) -> tuple[FollowUp, ...]:
        """Nominations, then awards."""
        return self.nominations + self.awards

    def named(self, kind: str) -> FollowUp | None:
        """The nomination or award of this name."""
        return next((each for each in self.all if each.name == kind), None)

    @property
    def met(self) -> tuple[FollowUp, ...]:
        """Those of which every condition holds."""
        return tuple(each for each in self.all if each.met)


def followed(found: Gathered, *, only: ReadCase | None = None) -> Followed:
    """What follows; credit points are those of one period where ``only`` is given, else of the whole year."""
    rules = found.rules.follow_up
    periods = found.periods if only is None else (only,)
    points = rules.credit_points
    return Followed(
        nominations(rules.nominations, found.facts),
        awards(rules.awards, found.facts),
        None
        if points is None
        else credit_points(
            points,
            found.who.post,
            functional=found.who.post_kind in FUNCTIONAL,
            periods=rated_periods(periods),
        ),
    )
