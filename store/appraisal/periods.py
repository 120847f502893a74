"""Reads what a new period begins from, and notes that its workflow runs."""

import uuid
from dataclasses import dataclass

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.appraisal import Appraisal
from states.codec import load_appraisal

_APPRAISAL = bindparam("appraisal", type_=Uuid())
_PERIOD = text("""
    SELECT appraisal.cycle_id, appraisal.employee_id, appraisal.period, unit.id, unit.zone
    FROM appraisal
    JOIN person ON person.id = appraisal.employee_id
    JOIN unit ON unit.id = person.unit_id
    WHERE appraisal.id = :appraisal
""").bindparams(_APPRAISAL)
_SNAPSHOT = text("SELECT snapshot FROM appraisal WHERE id = :appraisal").bindparams(_APPRAISAL)
_RUNS = text("""
    UPDATE appraisal SET started_at = now() WHERE id = :appraisal AND started_at IS NULL
""").bindparams(_APPRAISAL)


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


async def snapshot_of(connection: AsyncConnection, appraisal: uuid.UUID) -> Appraisal:
    """An appraisal that is there, as it stands on record."""
    return load_appraisal((await connection.execute(_SNAPSHOT, {"appraisal": appraisal})).scalar_one())


async def mark_running(connection: AsyncConnection, appraisal: uuid.UUID) -> None:
    """Notes that the appraisal's workflow runs; the first moment counts."""
    await connection.execute(_RUNS, {"appraisal": appraisal})
