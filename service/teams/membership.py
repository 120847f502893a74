"""Adds members to a team, and ends memberships."""

import datetime as dt
import hashlib
import uuid

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from activities.attended.team_results import numbers_of
from service.accounts.tokens import Identity
from service.problems import FieldError, IdempotencyKeyReused, Invalid, NotFound
from service.teams.checking import TeamSight, require_may_change, team_sight
from service.teams.fitting import Span, span_of, unfit
from service.teams.reading import as_seen
from service.teams.schemas import MembershipEnd, NewMember, TeamShown
from states.codec import canonical
from store.attending.repository import take
from store.team import writing
from store.team.carrying import carry
from store.team.people import standings
from store.team.reading import members_of
from translations import Locale
from translations import mark as _

LATER = _("The membership ends before that day already.")
TOO_EARLY = _("This is more than a day before the membership begins.")


async def add_member(
    database: AsyncEngine, identity: Identity, team: uuid.UUID, key: str, body: NewMember, locale: Locale
) -> TeamShown:
    """Adds somebody for some days; the same ``key`` and body add him once.

    Raises `NotFound`, `TeamForHr`, `OwnTeam`, `Invalid` and `IdempotencyKeyReused`.
    """
    asked = {"team": str(team), "body": body.model_dump(mode="json")}
    fingerprint = hashlib.sha256(canonical(asked)).hexdigest()
    async with database.begin() as connection:
        sight = await _held(connection, identity, team, body.person)
        before = await writing.member_under(connection, identity.person, key)
        if before is None:
            span = span_of(body, sight.team.year)
            await _refuse_unfit(connection, identity, sight, span)
            await writing.add_member(
                connection,
                writing.NewMember(
                    team, span.person, span.first, span.last, identity.person, key, fingerprint
                ),
            )
            before = await writing.member_under(connection, identity.person, key)
            await _carry(connection, sight, body.person)
        if before is None or before.fingerprint != fingerprint:
            raise IdempotencyKeyReused
        return await as_seen(connection, await team_sight(connection, team, identity), locale)


async def end_membership(
    database: AsyncEngine,
    identity: Identity,
    team: uuid.UUID,
    person: uuid.UUID,
    body: MembershipEnd,
    locale: Locale,
) -> TeamShown:
    """Sets an earlier last day for the latest membership of somebody, which stays on record. A repeat changes nothing.

    Raises `NotFound`, `TeamForHr`, `OwnTeam` and `Invalid`.
    """
    async with database.begin() as connection:
        sight = await _held(connection, identity, team, person)
        own = [each for each in await members_of(connection, team) if each.person_id == person]
        if not own:
            raise NotFound
        latest = own[-1]
        if body.last_day > latest.last_day:
            raise Invalid(errors=[FieldError("/last_day", LATER)])
        if body.last_day < latest.first_day - dt.timedelta(days=1):
            raise Invalid(errors=[FieldError("/last_day", TOO_EARLY)])
        if body.last_day != latest.last_day:
            await writing.end_member(connection, latest.id, body.last_day, identity.person)
            await _carry(connection, sight, person)
        return await as_seen(connection, await team_sight(connection, team, identity), locale)


async def _held(
    connection: AsyncConnection, identity: Identity, team: uuid.UUID, person: uuid.UUID
) -> TeamSight:
    """The team, kept from being changed by others until the transaction ends."""
    require_may_change(await team_sight(connection, team, identity), identity, person)
    # In the order of the engine, which holds what it attends to before the teams.
    await take(connection, team)
    await writing.hold(connection, team)
    return await team_sight(connection, team, identity)


async def _refuse_unfit(
    connection: AsyncConnection, identity: Identity, sight: TeamSight, span: Span
) -> None:
    team = sight.team
    people = await standings(connection, identity.agency, team.cycle_id, [span.person])
    others = [
        Span(each.person_id, each.first_day, each.last_day) for each in await members_of(connection, team.id)
    ]
    if errors := unfit(span, "", team.year, people, others):
        raise Invalid(errors=errors)


async def _carry(connection: AsyncConnection, sight: TeamSight, person: uuid.UUID) -> None:
    """A result that stands is carried by the days as they are now."""
    numbers = numbers_of(sight.content, sight.rules)
    await carry(connection, sight.team, numbers, [person], sight.team.now)
