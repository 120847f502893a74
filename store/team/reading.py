"""Reads teams: one, a page of those of a cycle, its members, and its results."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Boolean, Integer, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.rows import all_rows, one_row

LEAD = """LEFT JOIN LATERAL (
        SELECT appraisal.id, appraisal.relations_until FROM appraisal
        WHERE appraisal.cycle_id = team.cycle_id AND appraisal.employee_id = team.leader_id
            AND appraisal.stage <> 'cancelled'
        ORDER BY appraisal.period DESC LIMIT 1
    ) AS lead ON true"""
"""The case of the leader: whoever rates it sets the result of the team."""

RATERS = """holders_of(team.leader_id, lead.id, lead.relations_until, 'rater',
        business_at(cycle.clock, now()), ARRAY[]::uuid[])"""

LATEST = """LEFT JOIN LATERAL (
        SELECT step, achieved, reason, set_at FROM team_result
        WHERE team_result.team_id = team.id ORDER BY set_at DESC, id DESC LIMIT 1
    ) AS latest ON true"""

_TEAM = text(f"""
    SELECT team.id, team.cycle_id, cycle.year, cycle.scheme, team.unit_id, unit.name AS unit,
        COALESCE(NULLIF(unit.zone, ''), agency.zone) AS zone, team.name, team.task, team.input,
        team.leader_id, leader.name AS leader, team.absent_at, business_at(cycle.clock, now()) AS now,
        COALESCE(lead.id, (
            SELECT appraisal.id FROM team_member JOIN appraisal ON appraisal.cycle_id = team.cycle_id
                AND appraisal.employee_id = team_member.person_id AND appraisal.stage <> 'cancelled'
            WHERE team_member.team_id = team.id ORDER BY team_member.id, appraisal.period DESC LIMIT 1
        )) AS about,
        ARRAY(SELECT {RATERS}) AS raters,
        ARRAY(SELECT person_id FROM role_grant WHERE role = 'hr' AND agency_id = agency.id) AS officers,
        ARRAY(SELECT person_id FROM team_member WHERE team_id = team.id) AS members
    FROM team JOIN cycle ON cycle.id = team.cycle_id JOIN agency ON agency.id = cycle.agency_id
    JOIN unit ON unit.id = team.unit_id JOIN person AS leader ON leader.id = team.leader_id
    {LEAD}
    WHERE team.id = :team AND (CAST(:agency AS uuid) IS NULL OR cycle.agency_id = :agency)
""").bindparams(bindparam("team", type_=Uuid()), bindparam("agency", type_=Uuid()))  # noqa: S608  # the constants above

_PAGE = text(f"""
    SELECT team.id, team.name, team.unit_id, unit.name AS unit, team.input, team.leader_id, leader.name AS leader,
        (
            SELECT count(DISTINCT person_id) FROM team_member WHERE team_id = team.id AND last_day >= first_day
        ) AS members,
        latest.step, team.absent_at,
        team.leader_id <> :person AND NOT EXISTS (
            SELECT FROM team_member WHERE team_id = team.id AND person_id = :person
        ) AS apart
    FROM team JOIN cycle ON cycle.id = team.cycle_id
    JOIN unit ON unit.id = team.unit_id JOIN person AS leader ON leader.id = team.leader_id
    {LEAD}
    {LATEST}
    WHERE team.cycle_id = :cycle
        AND (CAST(:after_name AS text) IS NULL OR (team.name, team.id) > (:after_name, :after_id))
        AND (
            :all OR team.leader_id = :person
            OR EXISTS (SELECT FROM team_member WHERE team_id = team.id AND person_id = :person)
            OR :person IN (SELECT {RATERS})
        )
    ORDER BY team.name, team.id LIMIT :limit
""").bindparams(  # noqa: S608  # the constants above
    bindparam("cycle", type_=Uuid()),
    bindparam("person", type_=Uuid()),
    bindparam("all", type_=Boolean()),
    bindparam("after_name", type_=Text()),
    bindparam("after_id", type_=Uuid()),
    bindparam("limit", type_=Integer()),
)

_MEMBERS = text("""
    SELECT member.id, member.person_id, person.name, member.first_day, member.last_day, member.fingerprint,
        EXISTS (
            SELECT FROM appraisal WHERE appraisal.cycle_id = team.cycle_id
                AND appraisal.employee_id = member.person_id AND appraisal.stage <> 'cancelled'
        ) AS appraised
    FROM team_member AS member JOIN team ON team.id = member.team_id
    JOIN person ON person.id = member.person_id
    WHERE member.team_id = :team ORDER BY member.first_day, person.name, member.id
""").bindparams(bindparam("team", type_=Uuid()))

_RESULTS = text("""
    SELECT result.id, result.step, result.achieved, result.reason, result.set_by AS set_by_id,
        person.name AS set_by, result.set_at, result.set_on, result.fingerprint
    FROM team_result AS result JOIN person ON person.id = result.set_by
    WHERE result.team_id = :team ORDER BY result.set_at DESC, result.id DESC
""").bindparams(bindparam("team", type_=Uuid()))


@dataclass(frozen=True, slots=True)
class Team:
    """A team with what decides about it."""

    id: uuid.UUID
    cycle_id: uuid.UUID
    year: int
    scheme: str
    """The key of the cycle's scheme version."""
    unit_id: uuid.UUID
    unit: str
    zone: str
    name: str
    task: str
    input: str
    leader_id: uuid.UUID
    leader: str
    absent_at: dt.datetime | None
    now: dt.datetime
    """Business moment."""
    about: uuid.UUID | None
    """The case that a notice about the team belongs to: the leader's, else that of a member."""
    raters: list[uuid.UUID]
    """Who rates the leader now."""
    officers: list[uuid.UUID]
    members: list[uuid.UUID]
    """Everybody who ever was a member."""

    def belongs(self, person: uuid.UUID) -> bool:
        """Whether somebody leads the team or ever was a member."""
        return person == self.leader_id or person in self.members

    def apart(self, people: Iterable[uuid.UUID]) -> list[uuid.UUID]:
        """Those of some people who neither lead the team nor ever were members."""
        return [person for person in people if not self.belongs(person)]


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A team in a list."""

    id: uuid.UUID
    name: str
    unit_id: uuid.UUID
    unit: str
    input: str
    leader_id: uuid.UUID
    leader: str
    members: int
    step: str | None
    absent_at: dt.datetime | None
    apart: bool
    """Whether the asker neither leads it nor ever belonged to it."""


@dataclass(frozen=True, slots=True)
class Member:
    """A time that somebody belonged to a team; it is empty if its last day is before its first."""

    id: uuid.UUID
    person_id: uuid.UUID
    name: str
    first_day: dt.date
    last_day: dt.date
    fingerprint: str
    appraised: bool
    """Whether he has a case in the cycle, which carries the result."""


@dataclass(frozen=True, slots=True)
class TeamResult:
    """A result that a team was given."""

    id: uuid.UUID
    step: str
    achieved: str
    reason: str
    set_by_id: uuid.UUID
    set_by: str
    set_at: dt.datetime
    set_on: dt.datetime
    """Business moment."""
    fingerprint: str


async def team_of(connection: AsyncConnection, team: uuid.UUID, agency: uuid.UUID | None) -> Team | None:
    """The team; None where it is not the agency's. Without an agency it is any."""
    row = (await connection.execute(_TEAM, {"team": team, "agency": agency})).one_or_none()
    return None if row is None else one_row(Team, row)


async def teams_page(
    connection: AsyncConnection,
    cycle: uuid.UUID,
    person: uuid.UUID,
    *,
    everything: bool,
    after: tuple[str, uuid.UUID] | None,
    limit: int,
) -> list[TeamLine]:
    """The teams of a cycle by name: all, or those that somebody leads, belonged to, or whose leader he rates."""
    name, row = after or (None, None)
    parameters = {"cycle": cycle, "person": person, "all": everything, "limit": limit}
    found = await connection.execute(_PAGE, {**parameters, "after_name": name, "after_id": row})
    return all_rows(TeamLine, found)


async def members_of(connection: AsyncConnection, team: uuid.UUID) -> list[Member]:
    """The members, in the order in which they joined."""
    return all_rows(Member, await connection.execute(_MEMBERS, {"team": team}))


async def results_of(connection: AsyncConnection, team: uuid.UUID) -> list[TeamResult]:
    """The results, the latest first: it counts."""
    return all_rows(TeamResult, await connection.execute(_RESULTS, {"team": team}))
