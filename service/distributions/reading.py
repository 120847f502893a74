"""The predicate of a unit with its history, and how the ratings of the unit are spread."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tokens import Identity
from service.distributions.checking import level_rules, rating_rules, unit_sight
from service.distributions.picture import picture_of
from service.distributions.schemas import UnitDistribution, UnitLevelPage
from service.distributions.showing import shown_distribution, shown_level, shown_levels
from service.paging import cut, moment_key
from store.organisation_rating.reasons import latest_reason
from store.organisation_rating.repository import levels, present_level
from store.rating.repository import predicate_counts
from translations import Locale


async def level_page(
    connection: AsyncConnection,
    identity: Identity,
    cycle: uuid.UUID,
    unit: uuid.UUID,
    locale: Locale,
    *,
    cursor: str | None,
    limit: int,
) -> UnitLevelPage:
    """The predicate of a unit and a page of its history. Raises `NotFound`, `NoUnitLevels` and `CursorInvalid`."""
    after = moment_key(cursor)
    sight = await unit_sight(connection, cycle, unit, identity)
    content, rules, scale = level_rules(sight.content)
    rows = await levels(connection, cycle, unit, after=after, limit=limit + 1)
    first = rows[0] if rows and after is None else await present_level(connection, cycle, unit)
    page, following = cut(rows, limit, lambda row: (row.set_at.isoformat(), row.id))
    return shown_levels(
        sight,
        scale,
        None if first is None else shown_level(first, content, rules.levels, locale),
        [shown_level(row, content, rules.levels, locale) for row in page],
        following,
        locale,
    )


async def unit_distribution(
    connection: AsyncConnection,
    identity: Identity,
    cycle: uuid.UUID,
    unit: uuid.UUID,
    locale: Locale,
    *,
    subunits: bool,
) -> UnitDistribution:
    """How the ratings of a unit are spread. Raises `NotFound` and `RatingsInWords`."""
    sight = await unit_sight(connection, cycle, unit, identity)
    content, rating, scale = rating_rules(sight.content)
    level = await present_level(connection, cycle, unit)
    reason = await latest_reason(connection, cycle, unit)
    counts = await predicate_counts(connection, cycle, unit, subunits=subunits, asker=identity.person)
    picture = picture_of(
        counts,
        rating.distribution,
        scale,
        None if level is None else level.level,
        officer=sight.officer,
    )
    return shown_distribution(sight, picture, content, rating, level, reason, locale, subunits=subunits)
