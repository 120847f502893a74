"""Reads and writes what the files of members carry of their teams."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ARRAY, Date, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from content.teams.carrying import Carried, days_within, number_of
from store.input.repository import close_input
from store.rows import all_rows
from store.team.reading import LATEST, Team

_SHARES = text(f"""
    SELECT appraisal.id AS appraisal_id, member.first_day, member.last_day,
        COALESCE(appraisal.period_from, :begins) AS begins, COALESCE(appraisal.period_until, :ends) AS ends,
        latest.step, team.absent_at IS NOT NULL AS absent, closed.appraisal_id IS NOT NULL AS closed
    FROM team JOIN team_member AS member ON member.team_id = team.id
    JOIN appraisal ON appraisal.cycle_id = team.cycle_id AND appraisal.employee_id = member.person_id
    {LATEST}
    LEFT JOIN input_result AS closed ON closed.appraisal_id = appraisal.id AND closed.input = team.input
    WHERE team.cycle_id = :cycle AND team.input = :input AND member.person_id = ANY (:people)
        AND appraisal.stage <> 'cancelled'
""").bindparams(  # noqa: S608  # the constant above
    bindparam("cycle", type_=Uuid()),
    bindparam("input", type_=Text()),
    bindparam("people", type_=ARRAY(Uuid())),
    bindparam("begins", type_=Date()),
    bindparam("ends", type_=Date()),
)

_OF_CASE = text(f"""
    SELECT team.id, team.name, team.task, team.input, unit.name AS unit, leader.name AS leader,
        team.leader_id = appraisal.employee_id AS leads, member.first_day, member.last_day,
        COALESCE(appraisal.period_from, make_date(cycle.year, 1, 1)) AS begins,
        COALESCE(appraisal.period_until, make_date(cycle.year, 12, 31)) AS ends,
        latest.step, latest.achieved, latest.reason, latest.set_at, team.absent_at
    FROM appraisal JOIN cycle ON cycle.id = appraisal.cycle_id
    JOIN team ON team.cycle_id = appraisal.cycle_id
    JOIN team_member AS member ON member.team_id = team.id AND member.person_id = appraisal.employee_id
    JOIN unit ON unit.id = team.unit_id JOIN person AS leader ON leader.id = team.leader_id
    {LATEST}
    WHERE appraisal.id = :appraisal ORDER BY member.first_day, team.name, member.id
""").bindparams(bindparam("appraisal", type_=Uuid()))  # noqa: S608  # the constant above

_NUMBERS = text("SELECT input, number FROM input_result WHERE appraisal_id = :appraisal").bindparams(
    bindparam("appraisal", type_=Uuid())
)


@dataclass(frozen=True, slots=True)
class _Share:
    appraisal_id: uuid.UUID
    first_day: dt.date
    last_day: dt.date
    begins: dt.date
    ends: dt.date
    step: str | None
    absent: bool
    closed: bool

    @property
    def days(self) -> int:
        return days_within(self.first_day, self.last_day, self.begins, self.ends)


@dataclass(frozen=True, slots=True)
class TeamOfCase:
    """A membership of the employee of a case, with the result of the team."""

    id: uuid.UUID
    name: str
    task: str
    input: str
    unit: str
    leader: str
    leads: bool
    first_day: dt.date
    last_day: dt.date
    begins: dt.date
    """First day of the period that the case appraises."""
    ends: dt.date
    step: str | None
    achieved: str | None
    reason: str | None
    set_at: dt.datetime | None
    absent_at: dt.datetime | None

    @property
    def days(self) -> int:
        """Days of the membership within the period."""
        return days_within(self.first_day, self.last_day, self.begins, self.ends)


async def carry(
    connection: AsyncConnection,
    team: Team,
    numbers: Mapping[str, float],
    people: Collection[uuid.UUID],
    at: dt.datetime,
) -> None:
    """Puts into the cases of these people what their teams of the same input come to, at a business moment.

    ``numbers`` are those of the steps. Who has no result is absent once the last day of one of his teams is over;
    until then his input is open. Call `store.team.writing.hold` first.
    """
    parameters = {
        "cycle": team.cycle_id,
        "input": team.input,
        "people": list(people),
        "begins": dt.date(team.year, 1, 1),
        "ends": dt.date(team.year, 12, 31),
    }
    by_case: dict[uuid.UUID, list[_Share]] = defaultdict(list)
    for share in all_rows(_Share, await connection.execute(_SHARES, parameters)):
        by_case[share.appraisal_id].append(share)
    closing: dict[uuid.UUID, float | None] = {}
    for case, shares in by_case.items():
        number = number_of(
            Carried(each.days, None if each.step is None else numbers[each.step]) for each in shares
        )
        if number is not None:
            closing[case] = float(number)
        elif any(each.closed or (each.absent and each.days) for each in shares):
            closing[case] = None
    await close_input(connection, team.input, closing, at)


async def teams_of_case(connection: AsyncConnection, appraisal: uuid.UUID) -> list[TeamOfCase]:
    """The memberships of the employee in the year of the case, in the order of their first days."""
    return all_rows(TeamOfCase, await connection.execute(_OF_CASE, {"appraisal": appraisal}))


async def numbers_of_case(connection: AsyncConnection, appraisal: uuid.UUID) -> dict[str, float | None]:
    """The numbers of the closed inputs of a case, by input; None: absent."""
    rows = await connection.execute(_NUMBERS, {"appraisal": appraisal})
    return {row.input: row.number for row in rows}
