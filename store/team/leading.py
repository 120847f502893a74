"""Reads which teams somebody leads that have no result, and who could form a team."""

import uuid
from dataclasses import dataclass

from sqlalchemy import ARRAY, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.rows import all_rows

_LED = text("""
    SELECT team.id, team.input FROM team
    JOIN appraisal ON appraisal.cycle_id = team.cycle_id AND appraisal.employee_id = team.leader_id
    WHERE appraisal.id = :appraisal AND team.input = ANY (:inputs)
        AND NOT EXISTS (SELECT FROM team_result WHERE team_result.team_id = team.id)
        AND NOT EXISTS (SELECT FROM team_member WHERE team_id = team.id AND person_id = :rater)
    ORDER BY team.id
""").bindparams(
    bindparam("appraisal", type_=Uuid()),
    bindparam("inputs", type_=ARRAY(Text())),
    bindparam("rater", type_=Uuid()),
)
_BY_UNIT = text("""
    SELECT person.unit_id, unit.name AS unit, array_agg(person.id ORDER BY person.nip) AS people
    FROM appraisal JOIN person ON person.id = appraisal.employee_id JOIN unit ON unit.id = person.unit_id
    WHERE appraisal.cycle_id = :cycle AND appraisal.stage <> 'cancelled' AND NOT EXISTS (
        SELECT FROM assignment WHERE holder_id = person.id AND capacity = 'rater'
    )
    GROUP BY person.unit_id, unit.name HAVING count(*) > 1 ORDER BY unit.name
""").bindparams(bindparam("cycle", type_=Uuid()))


@dataclass(frozen=True, slots=True)
class LedTeam:
    """A team without a result."""

    id: uuid.UUID
    input: str


@dataclass(frozen=True, slots=True)
class Crew:
    """People of a unit who are appraised and rate nobody."""

    unit_id: uuid.UUID
    unit: str
    people: list[uuid.UUID]


async def teams_to_rate(
    connection: AsyncConnection, appraisal: uuid.UUID, inputs: list[str], rater: uuid.UUID
) -> list[LedTeam]:
    """The teams without a result that the employee of a case leads, and to which his rater does not belong."""
    parameters = {"appraisal": appraisal, "inputs": inputs, "rater": rater}
    return all_rows(LedTeam, await connection.execute(_LED, parameters))


async def crews(connection: AsyncConnection, cycle: uuid.UUID) -> list[Crew]:
    """The units of a cycle in which several people are appraised who rate nobody."""
    return all_rows(Crew, await connection.execute(_BY_UNIT, {"cycle": cycle}))
