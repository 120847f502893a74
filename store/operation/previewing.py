"""Reads what a preview shows of the appraisals that a change would touch."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, DateTime, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.appraisal import Appraisal
from states.codec import load_appraisal

_CASES = text("""
    SELECT appraisal.id, appraisal.snapshot, business_at(cycle.clock, :now), person.id, person.name, cycle.name
    FROM appraisal
    JOIN cycle ON cycle.id = appraisal.cycle_id
    JOIN person ON person.id = appraisal.employee_id
    WHERE appraisal.id = ANY(:appraisals)
""").bindparams(bindparam("appraisals", type_=ARRAY(Uuid())), bindparam("now", type_=DateTime(timezone=True)))
_NAMES = text("SELECT id, name FROM person WHERE id = ANY(:people)").bindparams(
    bindparam("people", type_=ARRAY(Uuid()))
)


@dataclass(frozen=True, slots=True)
class TouchedCase:
    """An appraisal that a change would touch."""

    appraisal: Appraisal
    moment: dt.datetime
    """Now, in its own time."""
    employee_id: uuid.UUID
    employee: str
    cycle: str


async def touched_cases(
    connection: AsyncConnection, appraisals: Sequence[uuid.UUID], now: dt.datetime
) -> dict[uuid.UUID, TouchedCase]:
    """The appraisals, at the real moment ``now``."""
    rows = await connection.execute(_CASES, {"appraisals": list(appraisals), "now": now})
    return {row[0]: TouchedCase(load_appraisal(row[1]), *row[2:]) for row in rows}


async def names_of(connection: AsyncConnection, people: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of people."""
    rows = await connection.execute(_NAMES, {"people": list(people)})
    return {row.id: row.name for row in rows}
