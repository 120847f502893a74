"""Counts by unit who is weak and strong in what. The caller decides who may see which counts."""

import uuid
from dataclasses import dataclass

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.rows import all_rows

# Whoever had several periods in the year counts with the latest one, in its unit. What is to be rated anew does not
# count, and what was derived from a result that counts no more neither.
_PEOPLE = """RECURSIVE found AS (
    SELECT CAST(:unit AS uuid) AS id, CAST(NULL AS uuid) AS parent
    UNION
    SELECT unit.id, unit.parent_id FROM found JOIN unit ON unit.parent_id = found.id
), people AS MATERIALIZED (
    SELECT appraisal.unit_id, standing.weak, standing.strong, standing.known
    FROM appraisal
    JOIN skill_standing AS standing ON standing.appraisal_id = appraisal.id
        AND standing.result = appraisal.snapshot ->> 'result'
    WHERE appraisal.cycle_id = :cycle AND appraisal.stage <> 'cancelled'
        AND COALESCE(appraisal.snapshot -> 'suspension' ->> 'source', appraisal.stage)
            NOT IN ('self_assessment', 'rating', 'moderation', 'feedback_meeting')
        AND appraisal.unit_id IN (SELECT id FROM found)
        AND NOT EXISTS (
            SELECT FROM appraisal AS later
            WHERE later.cycle_id = appraisal.cycle_id AND later.employee_id = appraisal.employee_id
                AND later.period > appraisal.period AND later.stage <> 'cancelled'
        )
)"""

_UNITS = text(f"""
    WITH {_PEOPLE}
    SELECT found.id AS unit, found.parent, count(people.unit_id) AS people
    FROM found LEFT JOIN people ON people.unit_id = found.id
    GROUP BY found.id, found.parent
""").bindparams(bindparam("cycle", type_=Uuid()), bindparam("unit", type_=Uuid()))  # noqa: S608  # the constant above

_SKILLS = text(f"""
    WITH {_PEOPLE}, said AS (
        SELECT unit_id, unnest(known) AS skill, 1 AS known, 0 AS weak, 0 AS strong FROM people
        UNION ALL
        SELECT unit_id, unnest(weak), 0, 1, 0 FROM people
        UNION ALL
        SELECT unit_id, unnest(strong), 0, 0, 1 FROM people
    )
    SELECT unit_id AS unit, skill, sum(known) AS known, sum(weak) AS weak, sum(strong) AS strong
    FROM said GROUP BY unit_id, skill
""").bindparams(bindparam("cycle", type_=Uuid()), bindparam("unit", type_=Uuid()))  # noqa: S608  # the constant above


@dataclass(frozen=True, slots=True)
class UnitPeople:
    """A unit of a subtree, with how many of its own people have a delivered result."""

    unit: uuid.UUID
    parent: uuid.UUID | None
    """None for the unit on top."""
    people: int


@dataclass(frozen=True, slots=True)
class SkillCount:
    """How the people of one unit, without those below, stand in one skill."""

    unit: uuid.UUID
    skill: str
    known: int
    weak: int
    strong: int


async def units_below(connection: AsyncConnection, cycle: uuid.UUID, unit: uuid.UUID) -> list[UnitPeople]:
    """The unit and all units below it."""
    return all_rows(UnitPeople, await connection.execute(_UNITS, {"cycle": cycle, "unit": unit}))


async def skill_counts(connection: AsyncConnection, cycle: uuid.UUID, unit: uuid.UUID) -> list[SkillCount]:
    """The counts of each unit in a subtree."""
    return all_rows(SkillCount, await connection.execute(_SKILLS, {"cycle": cycle, "unit": unit}))
