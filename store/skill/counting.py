"""Reads by unit who is weak and strong in what, as it was added up. The caller decides who may see which counts."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from store.rows import all_rows

_UNITS = text("""
    WITH RECURSIVE found AS (
        SELECT CAST(:unit AS uuid) AS id, CAST(NULL AS uuid) AS parent
        UNION
        SELECT unit.id, unit.parent_id FROM found JOIN unit ON unit.parent_id = found.id
    )
    SELECT found.id AS unit, found.parent, COALESCE(counted.people, 0) AS people
    FROM found LEFT JOIN (
        SELECT unit_id, count(*) AS people FROM skill_standing
        WHERE cycle_id = :cycle AND counts GROUP BY unit_id
    ) AS counted ON counted.unit_id = found.id
""").bindparams(bindparam("cycle", type_=Uuid()), bindparam("unit", type_=Uuid()))

_SKILLS = text("""
    SELECT unit_id AS unit, skill, known, weak, strong FROM unit_skill
    WHERE cycle_id = :cycle AND unit_id = ANY (:units)
""").bindparams(bindparam("cycle", type_=Uuid()), bindparam("units", type_=ARRAY(Uuid())))


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


async def skill_counts(
    connection: AsyncConnection, cycle: uuid.UUID, units: Collection[uuid.UUID]
) -> list[SkillCount]:
    """The counts of each of the units."""
    return all_rows(SkillCount, await connection.execute(_SKILLS, {"cycle": cycle, "units": list(units)}))
