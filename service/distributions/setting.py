"""Sets the predicate of a unit, and puts on record why its ratings are spread as they are."""

import hashlib
import uuid

from sqlalchemy.ext.asyncio import AsyncEngine

from service.accounts.tokens import Identity
from service.distributions.checking import level_rules, rating_rules, require_may_rate, unit_sight
from service.distributions.schemas import NewLevel, NewReason, ReasonLine, UnitLevelLine
from service.distributions.showing import shown_level, shown_reason
from service.problems import FieldError, IdempotencyKeyReused, Invalid
from states.codec import Json, canonical
from store.organisation_rating import reasons
from store.organisation_rating import repository as units
from translations import Locale
from translations import mark as _


async def set_unit_level(
    database: AsyncEngine,
    identity: Identity,
    cycle: uuid.UUID,
    unit: uuid.UUID,
    key: str,
    body: NewLevel,
    locale: Locale,
) -> UnitLevelLine:
    """Sets the predicate of a unit; the earlier ones stay on record. The same ``key`` and body set it once.

    Raises `NotFound`, `OwnUnit`, `NoUnitLevels`, `Invalid` and `IdempotencyKeyReused`.
    """
    fingerprint = _fingerprint(cycle, unit, body.model_dump())
    async with database.begin() as connection:
        sight = await unit_sight(connection, cycle, unit, identity)
        require_may_rate(sight)
        content, rules, scale = level_rules(sight.content)
        before = await units.level_under(connection, identity.person, key)
        if before is None:
            if body.level not in scale.names:
                expected = {"expected": ", ".join(scale.names)}
                raise Invalid(errors=[FieldError("/level", _("This must be one of {expected}."), expected)])
            await units.set_level(
                connection,
                units.NewUnitLevel(cycle, unit, body.level, body.reason, identity.person, key, fingerprint),
            )
            # Read again: a request with the same key may have come at the same moment.
            before = await units.level_under(connection, identity.person, key)
    if before is None or before.fingerprint != fingerprint:
        raise IdempotencyKeyReused
    return shown_level(before, content, rules.levels, locale)


async def give_distribution_reason(
    database: AsyncEngine,
    identity: Identity,
    cycle: uuid.UUID,
    unit: uuid.UUID,
    key: str,
    body: NewReason,
) -> ReasonLine:
    """Puts the reason on record; the earlier ones stay. The same ``key`` and body give it once.

    Raises `NotFound`, `OwnUnit`, `RatingsInWords` and `IdempotencyKeyReused`.
    """
    fingerprint = _fingerprint(cycle, unit, body.model_dump())
    async with database.begin() as connection:
        sight = await unit_sight(connection, cycle, unit, identity)
        require_may_rate(sight)
        rating_rules(sight.content)
        before = await reasons.reason_under(connection, identity.person, key)
        if before is None:
            await reasons.give_reason(
                connection,
                reasons.NewDistributionReason(cycle, unit, body.reason, identity.person, key, fingerprint),
            )
            # Read again: a request with the same key may have come at the same moment.
            before = await reasons.reason_under(connection, identity.person, key)
    if before is None or before.fingerprint != fingerprint:
        raise IdempotencyKeyReused
    return shown_reason(before)


def _fingerprint(cycle: uuid.UUID, unit: uuid.UUID, body: Json) -> str:
    asked = {"cycle": str(cycle), "unit": str(unit), "body": body}
    return hashlib.sha256(canonical(asked)).hexdigest()
