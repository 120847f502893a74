"""Creates teams."""

import hashlib
import uuid
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from content.inputs.rules import TeamRules
from content.teams.asking import asking_of
from service import policy
from service.accounts.tokens import Identity
from service.cycles.checking import require_cycle
from service.problems import FieldError, IdempotencyKeyReused, Invalid, OwnTeam
from service.teams.checking import team_inputs, team_sight
from service.teams.fitting import NOBODY, NOT_APPRAISED, Span, span_of, unfit
from service.teams.reading import as_seen
from service.teams.schemas import NewMember, NewTeam, TeamShown
from states.codec import canonical
from store.agency.content_rules import content_rules_of
from store.attending.kinds import AttendedKind
from store.attending.repository import begin
from store.base import new_id
from store.cycle.repository import CycleSummary
from store.team import writing
from store.team.people import standings, zone_of_unit
from translations import Locale
from translations import mark as _

NO_SUCH_UNIT = _("The agency has no such unit.")
ONE_OF = _("This must be one of {expected}.")


async def create_team(
    database: AsyncEngine, identity: Identity, cycle: uuid.UUID, key: str, body: NewTeam, locale: Locale
) -> TeamShown:
    """Creates a team with its members; the same ``key`` and body create it once.

    Raises `HrOnly`, `NotFound`, `OwnTeam`, `NoTeams`, `Invalid` and `IdempotencyKeyReused`.
    """
    asked = {"cycle": str(cycle), "body": body.model_dump(mode="json")}
    fingerprint = hashlib.sha256(canonical(asked)).hexdigest()
    async with database.begin() as connection:
        found = await require_cycle(connection, cycle, identity)
        before = await writing.team_under(connection, identity.person, key)
        if before is None:
            await _create(connection, identity, found, key, fingerprint, body)
            # Read again: a request with the same key may have come at the same moment.
            before = await writing.team_under(connection, identity.person, key)
        if before is None or before.fingerprint != fingerprint:
            raise IdempotencyKeyReused
        return await as_seen(connection, await team_sight(connection, before.id, identity), locale)


async def _create(
    connection: AsyncConnection,
    identity: Identity,
    cycle: CycleSummary,
    key: str,
    fingerprint: str,
    body: NewTeam,
) -> None:
    inputs = team_inputs(await content_rules_of(connection, cycle.scheme))
    members = list(body.members)
    if body.leader not in {each.person for each in members}:
        members.insert(0, NewMember(person=body.leader))
    people = {each.person for each in members}
    if not policy.may_change_team(officer=True, own=identity.person in people):
        raise OwnTeam
    zone = await zone_of_unit(connection, identity.agency, body.unit)
    errors = [] if zone is not None else [FieldError("/unit", NO_SUCH_UNIT)]
    if body.input not in inputs:
        errors.append(FieldError("/input", ONE_OF, {"expected": ", ".join(inputs)}))
    known = await standings(connection, identity.agency, cycle.id, people)
    if body.leader not in known:
        errors.append(FieldError("/leader", NOBODY))
    elif not known[body.leader].appraised:
        errors.append(FieldError("/leader", NOT_APPRAISED))
    spans: list[Span] = []
    added = len(members) - len(body.members)
    for index, member in enumerate(members):
        span = span_of(member, cycle.year)
        # The leader who was added here has no place in the request, and whole years are always in order.
        if index >= added:
            errors += unfit(span, f"/members/{index - added}", cycle.year, known, spans)
        spans.append(span)
    if errors or zone is None:
        raise Invalid(errors=errors)
    await _write(connection, identity, cycle, key, fingerprint, body, spans)
    await _ask(connection, cycle, inputs[body.input], zone, identity, key)


async def _write(
    connection: AsyncConnection,
    identity: Identity,
    cycle: CycleSummary,
    key: str,
    fingerprint: str,
    body: NewTeam,
    spans: list[Span],
) -> None:
    team = new_id()
    await writing.add_team(
        connection,
        writing.NewTeam(
            team,
            cycle.id,
            body.unit,
            body.name,
            body.task,
            body.input,
            body.leader,
            identity.person,
            key,
            fingerprint,
        ),
    )
    kept = await writing.team_under(connection, identity.person, key)
    if kept is None or kept.id != team:
        return  # The same request came at the same moment, and has written them.
    for index, span in enumerate(spans):
        await writing.add_member(
            connection,
            writing.NewMember(
                team,
                span.person,
                span.first,
                span.last,
                identity.person,
                f"team {team} {index}",
                fingerprint,
            ),
        )


async def _ask(
    connection: AsyncConnection,
    cycle: CycleSummary,
    rules: TeamRules,
    zone: str,
    identity: Identity,
    key: str,
) -> None:
    kept = await writing.team_under(connection, identity.person, key)
    if kept is not None:
        asks = asking_of(rules, cycle.year, ZoneInfo(zone)).asks
        await begin(connection, kept.id, AttendedKind.TEAM_RESULT, cycle.id, asks[0][1])
