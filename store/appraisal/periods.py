"""Reads what a new period begins from."""

import uuid
from dataclasses import dataclass

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

_PERIOD = text("""
    SELECT appraisal.cycle_id, appraisal.employee_id, appraisal.period, unit.id, unit.zone
    FROM appraisal
    JOIN person ON person.id = appraisal.employee_id
    JOIN unit ON unit.id = person.unit_id
    WHERE appraisal.id = :appraisal
""").bindparams(bindparam("appraisal", type_=Uuid()))


@dataclass(frozen=True, slots=True)
class Period:
    """A period of an employee's year, and the unit in which the next one begins."""

    cycle: uuid.UUID
    employee: uuid.UUID
    period: int
    unit: uuid.UUID
    zone: str


async def period_of(connection: AsyncConnection, appraisal: uuid.UUID) -> Period:
    """The period of an appraisal that is there, with the unit that its employee has now."""
    return Period(*(await connection.execute(_PERIOD, {"appraisal": appraisal})).one())
