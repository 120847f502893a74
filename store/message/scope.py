"""Reads which case or person an operator asks about, and the time zone in which to show the moments."""

import uuid
from dataclasses import dataclass

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.codec import Json
from store.rows import one_row

_CASE = text("""
    SELECT cycle.agency_id AS agency, appraisal.snapshot, person.name AS employee, cycle.name AS cycle,
        appraisal.stage, COALESCE(NULLIF(unit.zone, ''), agency.zone) AS zone, cycle.rehearsal
    FROM appraisal
    JOIN cycle ON cycle.id = appraisal.cycle_id
    JOIN agency ON agency.id = cycle.agency_id
    JOIN person ON person.id = appraisal.employee_id
    JOIN unit ON unit.id = appraisal.unit_id
    WHERE appraisal.id = :appraisal
""").bindparams(bindparam("appraisal", type_=Uuid()))
_ZONE = text("""
    SELECT COALESCE(NULLIF(unit.zone, ''), agency.zone) FROM person
    JOIN unit ON unit.id = person.unit_id JOIN agency ON agency.id = person.agency_id
    WHERE person.id = :person
""").bindparams(bindparam("person", type_=Uuid()))


@dataclass(frozen=True, slots=True)
class CaseHeading:
    """A case as the head of a report."""

    agency: uuid.UUID
    snapshot: Json
    employee: str
    cycle: str
    stage: str
    zone: str
    rehearsal: bool


async def case_heading(connection: AsyncConnection, appraisal: uuid.UUID) -> CaseHeading | None:
    """Any agency's case, or None if there is none of this id."""
    row = (await connection.execute(_CASE, {"appraisal": appraisal})).one_or_none()
    return None if row is None else one_row(CaseHeading, row)


async def zone_of(connection: AsyncConnection, person: uuid.UUID) -> str:
    """The zone in which somebody works. Raises `NoResultFound` for nobody."""
    zone: str = (await connection.execute(_ZONE, {"person": person})).scalar_one()
    return zone
