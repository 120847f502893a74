"""Teams of a cycle, one team, and what a file carries of teams."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from content.rules import ContentRules
from content.sight.rules import Kind, Role
from service.accounts.checking import is_officer
from service.accounts.tokens import Identity
from service.cycles.checking import cycle_of
from service.paging import cut, decode, plain_text
from service.problems import NoTeams, NotFound
from service.sight.seeing import content_sight
from service.teams.checking import TeamSight, team_inputs, team_sight
from service.teams.schemas import TeamPage, TeamShown, TeamsOfCase
from service.teams.showing import shown_line, shown_of_case, shown_team
from store.agency.content_rules import content_rules_of
from store.team.carrying import numbers_of_case, teams_of_case
from store.team.reading import members_of, results_of, teams_page
from translations import Locale

NOBODY = uuid.UUID(int=0)


async def team_page(
    connection: AsyncConnection,
    identity: Identity,
    cycle: uuid.UUID,
    locale: Locale,
    *,
    cursor: str | None,
    limit: int,
) -> TeamPage:
    """A page of teams by name. Raises `NotFound` for a cycle of others, `NoTeams` and `CursorInvalid`."""
    found = await cycle_of(connection, cycle, identity)
    return await _page(
        connection,
        cycle,
        found.scheme,
        found.year,
        locale,
        asker=identity.person,
        everything=await is_officer(connection, identity),
        cursor=cursor,
        limit=limit,
    )


async def teams_listed(
    connection: AsyncConnection,
    cycle: uuid.UUID,
    scheme: str,
    year: int,
    locale: Locale,
    *,
    cursor: str | None,
    limit: int,
) -> TeamPage:
    """A page of all teams of a cycle, for an operator. Raises `NoTeams`."""
    return await _page(
        connection, cycle, scheme, year, locale, asker=NOBODY, everything=True, cursor=cursor, limit=limit
    )


async def _page(
    connection: AsyncConnection,
    cycle: uuid.UUID,
    scheme: str,
    year: int,
    locale: Locale,
    *,
    asker: uuid.UUID,
    everything: bool,
    cursor: str | None,
    limit: int,
) -> TeamPage:
    after = None if cursor is None else decode(cursor, plain_text, uuid.UUID)
    content = await content_rules_of(connection, scheme)
    inputs = team_inputs(content)
    rows = await teams_page(connection, cycle, asker, everything=everything, after=after, limit=limit + 1)
    page, following = cut(rows, limit, lambda row: (row.name, row.id))
    rules = content or ContentRules()
    return TeamPage(
        items=[shown_line(row, rules, inputs[row.input], year, locale) for row in page],
        next=following,
    )


async def team_shown(
    connection: AsyncConnection, identity: Identity, team: uuid.UUID, locale: Locale
) -> TeamShown:
    """One team. Raises `NotFound`."""
    return await as_seen(connection, await team_sight(connection, team, identity), locale)


async def as_seen(connection: AsyncConnection, sight: TeamSight, locale: Locale) -> TeamShown:
    """A team as whoever sees it may see it."""
    team = sight.team.id
    members = await members_of(connection, team)
    results = await results_of(connection, team) if sight.may_rate else []
    return shown_team(sight, members, results, locale)


async def teams_of(
    connection: AsyncConnection, identity: Identity, appraisal: uuid.UUID, locale: Locale
) -> TeamsOfCase:
    """What the file of a case carries of teams.

    The employee, his rater and HR always see to which teams he belongs. Results are open by the sight of inputs.
    Raises `NotFound` where neither is open.
    """
    sight = await content_sight(connection, appraisal, identity)
    open_ = sight.sees_whole(Kind.INPUT)
    if not open_ and sight.roles.isdisjoint({Role.EMPLOYEE, Role.RATER, Role.HR}):
        raise NotFound
    content = sight.rules or ContentRules()
    teams = await teams_of_case(connection, appraisal)
    numbers = await numbers_of_case(connection, appraisal)
    try:
        inputs = team_inputs(content)
    except NoTeams:
        return TeamsOfCase(open=open_, teams=[], numbers=[])
    # A case may run by another version of the scheme than its cycle; then it carries what its own one knows.
    known = [each for each in teams if each.input in inputs]
    return shown_of_case(content, inputs, known, numbers, locale, open_=open_)
