"""Writes teams, members and results. Whoever calls this has checked the rights."""

import datetime as dt
import uuid
from dataclasses import asdict, dataclass

from sqlalchemy import Date, String, Uuid, bindparam, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.base import new_id
from store.rows import one_row
from store.team.table import TeamMemberRow, TeamResultRow, TeamRow

# Teams of one input share members, and a member's number comes from all of his teams: one change after another.
_HOLD = text("""
    SELECT other.id FROM team AS other
    JOIN team ON team.cycle_id = other.cycle_id AND team.input = other.input
    WHERE team.id = :team ORDER BY other.id FOR UPDATE OF other
""").bindparams(bindparam("team", type_=Uuid()))
_ADD_TEAM = (
    insert(TeamRow)
    .values(created_at=func.clock_timestamp())
    .on_conflict_do_nothing(index_elements=["created_by", "key"])
)
_ADD_MEMBER = (
    insert(TeamMemberRow)
    .values(added_at=func.clock_timestamp())
    .on_conflict_do_nothing(index_elements=["added_by", "key"])
)
_ADD_RESULT = (
    insert(TeamResultRow)
    .values(set_at=func.clock_timestamp())
    .on_conflict_do_nothing(index_elements=["set_by", "key"])
)
_END = (
    update(TeamMemberRow)
    .where(col(TeamMemberRow.id) == bindparam("member", type_=Uuid()))
    .values(
        {
            col(TeamMemberRow.last_day): bindparam("last", type_=Date()),
            col(TeamMemberRow.ended_by): bindparam("by", type_=Uuid()),
            col(TeamMemberRow.ended_at): func.clock_timestamp(),
        }
    )
)
_ABSENT = (
    update(TeamRow)
    .where(col(TeamRow.id) == bindparam("team", type_=Uuid()), col(TeamRow.absent_at).is_(None))
    .values({col(TeamRow.absent_at): bindparam("at")})
)


@dataclass(frozen=True, slots=True)
class NewTeam:
    """A team to be put on record."""

    id: uuid.UUID
    cycle_id: uuid.UUID
    unit_id: uuid.UUID
    name: str
    task: str
    input: str
    leader_id: uuid.UUID
    created_by: uuid.UUID
    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class NewMember:
    """A time that somebody belongs to a team, both days included."""

    team_id: uuid.UUID
    person_id: uuid.UUID
    first_day: dt.date
    last_day: dt.date
    added_by: uuid.UUID
    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class NewResult:
    """A result that a team is given at a business moment."""

    team_id: uuid.UUID
    step: str
    achieved: str
    reason: str
    set_by: uuid.UUID
    set_on: dt.datetime
    key: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What a person wrote under a key before."""

    id: uuid.UUID
    fingerprint: str


async def hold(connection: AsyncConnection, team: uuid.UUID) -> None:
    """Keeps all teams of the same cycle and input from being changed by others until the transaction ends."""
    await connection.execute(_HOLD, {"team": team})


async def add_team(connection: AsyncConnection, new: NewTeam) -> None:
    """Puts a team on record; nothing is written where the person used the key before."""
    await connection.execute(_ADD_TEAM, asdict(new))


async def add_member(connection: AsyncConnection, new: NewMember) -> None:
    """Puts a membership on record; nothing is written where the person used the key before."""
    await connection.execute(_ADD_MEMBER, {"id": new_id(), **asdict(new)})


async def add_result(connection: AsyncConnection, new: NewResult) -> None:
    """Puts a result on record beside the earlier ones; nothing is written where the person used the key before."""
    await connection.execute(_ADD_RESULT, {"id": new_id(), **asdict(new)})


async def end_member(connection: AsyncConnection, member: uuid.UUID, last: dt.date, by: uuid.UUID) -> None:
    """Sets the last day of a membership, which stays on record."""
    await connection.execute(_END, {"member": member, "last": last, "by": by})


async def set_absent(connection: AsyncConnection, team: uuid.UUID, at: dt.datetime) -> None:
    """Notes the business moment at which the last day was over without a result."""
    await connection.execute(_ABSENT, {"team": team, "at": at})


async def team_under(connection: AsyncConnection, person: uuid.UUID, key: str) -> Kept | None:
    """The team that the person created under this key before."""
    return await _under(connection, TeamRow, col(TeamRow.created_by), person, key)


async def member_under(connection: AsyncConnection, person: uuid.UUID, key: str) -> Kept | None:
    """The membership that the person added under this key before."""
    return await _under(connection, TeamMemberRow, col(TeamMemberRow.added_by), person, key)


async def result_under(connection: AsyncConnection, person: uuid.UUID, key: str) -> Kept | None:
    """The result that the person set under this key before."""
    return await _under(connection, TeamResultRow, col(TeamResultRow.set_by), person, key)


async def _under(
    connection: AsyncConnection,
    table: type[TeamRow] | type[TeamMemberRow] | type[TeamResultRow],
    by: object,
    person: uuid.UUID,
    key: str,
) -> Kept | None:
    query = select(col(table.id), col(table.fingerprint)).where(
        by == bindparam("person", type_=Uuid()), col(table.key) == bindparam("key", type_=String())
    )
    row = (await connection.execute(query, {"person": person, "key": key})).one_or_none()
    return None if row is None else one_row(Kept, row)
