"""Sets the result of a team."""

import hashlib
import uuid

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from activities.attended.team_results import numbers_of
from service.accounts.tokens import Identity
from service.problems import FieldError, IdempotencyKeyReused, Invalid
from service.teams.checking import TeamSight, require_may_rate, team_sight
from service.teams.creating import ONE_OF
from service.teams.reading import as_seen
from service.teams.schemas import NewTeamResult, TeamShown
from states.codec import canonical
from store.attending.repository import set_due, take
from store.attending.telling import silence
from store.team import writing
from store.team.carrying import carry
from translations import Locale


async def set_team_result(
    database: AsyncEngine, identity: Identity, team: uuid.UUID, key: str, body: NewTeamResult, locale: Locale
) -> TeamShown:
    """Sets the result; the earlier ones stay on record and the latest counts. The same ``key`` and body set it once.

    The files of all members carry it at once, also after the last day; a rating that was handed in keeps the number
    that it was computed from. Raises `NotFound`, `OwnTeam`, `Invalid` and `IdempotencyKeyReused`.
    """
    asked = {"team": str(team), "body": body.model_dump(mode="json")}
    fingerprint = hashlib.sha256(canonical(asked)).hexdigest()
    async with database.begin() as connection:
        require_may_rate(await team_sight(connection, team, identity))
        # In the order of the engine, which holds what it attends to before the teams.
        await take(connection, team)
        await writing.hold(connection, team)
        sight = await team_sight(connection, team, identity)
        require_may_rate(sight)
        before = await writing.result_under(connection, identity.person, key)
        if before is None:
            await _set(connection, identity, sight, key, fingerprint, body)
            before = await writing.result_under(connection, identity.person, key)
        if before is None or before.fingerprint != fingerprint:
            raise IdempotencyKeyReused
        return await as_seen(connection, sight, locale)


async def _set(
    connection: AsyncConnection,
    identity: Identity,
    sight: TeamSight,
    key: str,
    fingerprint: str,
    body: NewTeamResult,
) -> None:
    team, numbers = sight.team, numbers_of(sight.content, sight.rules)
    if body.step not in numbers:
        raise Invalid(errors=[FieldError("/step", ONE_OF, {"expected": ", ".join(numbers)})])
    await writing.add_result(
        connection,
        writing.NewResult(
            team.id, body.step, body.achieved, body.reason, identity.person, team.now, key, fingerprint
        ),
    )
    await carry(connection, team, numbers, team.members, team.now)
    # Nobody is asked any more.
    await silence(connection, team.id)
    await set_due(connection, team.id, None)
