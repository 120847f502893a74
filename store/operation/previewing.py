"""Reads what a preview shows of the appraisals that a change would touch."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, DateTime, Uuid, any_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from states.appraisal import Appraisal
from states.codec import load_appraisal
from store.appraisal.table import AppraisalRow
from store.cycle.table import Cycle
from store.person.table import Person

_NOW = bindparam("now", type_=DateTime(timezone=True))
_CASES = (
    select(
        col(AppraisalRow.id),
        col(AppraisalRow.snapshot),
        func.business_at(col(Cycle.clock), _NOW).label("moment"),
        col(Person.id).label("employee_id"),
        col(Person.name).label("employee"),
        col(Cycle.name).label("cycle"),
    )
    .select_from(AppraisalRow)
    .join(Cycle, col(Cycle.id) == col(AppraisalRow.cycle_id))
    .join(Person, col(Person.id) == col(AppraisalRow.employee_id))
    .where(col(AppraisalRow.id) == any_(bindparam("appraisals", type_=ARRAY(Uuid()))))
)
_NAMES = select(col(Person.id), col(Person.name)).where(
    col(Person.id) == any_(bindparam("people", type_=ARRAY(Uuid())))
)


@dataclass(frozen=True, slots=True)
class TouchedCase:
    """An appraisal that a change would touch."""

    appraisal: Appraisal
    moment: dt.datetime
    """Now, in the appraisal's own time."""
    employee_id: uuid.UUID
    employee: str
    cycle: str


async def touched_cases(
    connection: AsyncConnection, appraisals: Sequence[uuid.UUID], now: dt.datetime
) -> dict[uuid.UUID, TouchedCase]:
    """The appraisals, at the real moment ``now``."""
    rows = await connection.execute(_CASES, {"appraisals": list(appraisals), "now": now})
    return {
        row.id: TouchedCase(
            appraisal=load_appraisal(row.snapshot),
            moment=row.moment,
            employee_id=row.employee_id,
            employee=row.employee,
            cycle=row.cycle,
        )
        for row in rows
    }


async def names_of(connection: AsyncConnection, people: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of people."""
    rows = await connection.execute(_NAMES, {"people": list(people)})
    return {row.id: row.name for row in rows}
