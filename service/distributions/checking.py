"""Whether a unit is open to somebody, and what its cycle's scheme says of ratings."""

import uuid
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from content.rating.rules import DistributionRules, RatingRules
from content.rules import ContentRules
from content.scales import Scale
from service import policy
from service.accounts.checking import is_officer
from service.accounts.tokens import Identity
from service.problems import NotFound, NoUnitLevels, OwnUnit, RatingsInWords
from store.agency.content_rules import content_rules_of
from store.organisation_rating.units import UnitInCycle, unit_in


@dataclass(frozen=True, slots=True)
class UnitSight:
    """A unit in a cycle that is open to the asker."""

    unit: UnitInCycle
    officer: bool
    """Whether the asker is a personnel officer; else he rates the head of the unit."""
    may_rate: bool
    """Whether he may set the predicate of the unit, and give the reason."""
    content: ContentRules | None


async def unit_sight(
    connection: AsyncConnection, cycle: uuid.UUID, unit: uuid.UUID, identity: Identity
) -> UnitSight:
    """The unit, for personnel officers and for whoever rates its head. Raises `NotFound` for everybody else."""
    found = await unit_in(connection, cycle, unit, identity.agency)
    if found is None:
        raise NotFound
    officer = await is_officer(connection, identity)
    superior = found.superior_id == identity.person
    if not policy.may_see_distribution(officer=officer, superior=superior):
        raise NotFound
    may_rate = policy.may_rate_unit(officer=officer, superior=superior, head=found.head_id == identity.person)
    return UnitSight(found, officer, may_rate, await content_rules_of(connection, found.scheme))


def require_may_rate(sight: UnitSight) -> None:
    """Raises `OwnUnit` for the head of the unit himself."""
    if not sight.may_rate:
        raise OwnUnit


def rating_rules(content: ContentRules | None) -> tuple[ContentRules, RatingRules, Scale]:
    """The rules with those of the rating, and the scale of the predicates. Raises `RatingsInWords`."""
    if content is None or content.rating is None:
        raise RatingsInWords
    return content, content.rating, content.scales[content.rating.predicates]


def level_rules(content: ContentRules | None) -> tuple[ContentRules, DistributionRules, Scale]:
    """The rules with those of units, and the scale of their predicates. Raises `NoUnitLevels`."""
    if content is None or content.rating is None or content.rating.distribution is None:
        raise NoUnitLevels
    rules = content.rating.distribution
    return content, rules, content.scales[rules.levels]
