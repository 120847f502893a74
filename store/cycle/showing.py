"""What a demonstration shows of its cycles: how many cases stand in each stage, and whom they wait for."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, DateTime, Uuid, any_, bindparam, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from states.appraisal import Appraisal
from states.codec import load_appraisal
from store.appraisal.rights import CASE
from store.appraisal.table import AppraisalRow
from store.cycle.table import Cycle
from store.rows import all_rows

_CYCLES = bindparam("cycles", type_=ARRAY(Uuid()))
_STAGES = (
    select(col(AppraisalRow.stage), func.count().label("appraisals"))
    .where(col(AppraisalRow.cycle_id) == any_(_CYCLES))
    .group_by(col(AppraisalRow.stage))
)
_LAUNCHED = select(col(Cycle.launched_at).is_not(None)).where(col(Cycle.id) == bindparam("cycle"))
_SNAPSHOT = select(col(AppraisalRow.snapshot)).where(col(AppraisalRow.id) == bindparam("appraisal"))
_POSITIONS = select(col(AppraisalRow.employee_id), col(AppraisalRow.snapshot)).where(
    col(AppraisalRow.cycle_id) == bindparam("cycle"),
    col(AppraisalRow.employee_id) == any_(bindparam("employees", type_=ARRAY(Uuid()))),
)
_EMPLOYEES = select(col(AppraisalRow.employee_id)).where(col(AppraisalRow.cycle_id) == bindparam("cycle"))
_WAITING = text(f"""
    SELECT official AS person, person.name, person.post, task.capacity, task.stage, appraisal.id AS appraisal
    FROM task
    JOIN appraisal ON appraisal.id = task.appraisal_id
    JOIN cycle ON cycle.id = appraisal.cycle_id
    CROSS JOIN LATERAL holders_of({CASE}, task.capacity, business_at(cycle.clock, :now),
        signers(appraisal.snapshot)) AS official
    JOIN person ON person.id = official
    WHERE cycle.id = ANY(:cycles) AND task.duty = '' AND task.closed_at IS NULL
    ORDER BY person.nip, cycle.created_at, task.due_on, appraisal.id
""").bindparams(_CYCLES, bindparam("now", type_=DateTime(timezone=True)))  # noqa: S608  # CASE names columns


@dataclass(frozen=True, slots=True)
class WaitingTask:
    """An open task and the person on whom it waits."""

    person: uuid.UUID
    name: str
    post: str
    capacity: str
    stage: str
    appraisal: uuid.UUID


async def stages_of(connection: AsyncConnection, cycles: Sequence[uuid.UUID]) -> dict[str, int]:
    """How many appraisals of the cycles together stand in each stage."""
    rows = await connection.execute(_STAGES, {"cycles": list(cycles)})
    return {row.stage: row.appraisals for row in rows}


async def is_launched(connection: AsyncConnection, cycle: uuid.UUID) -> bool:
    """Whether a launch of the cycle has come to its end."""
    return bool(await connection.scalar(_LAUNCHED, {"cycle": cycle}))


async def employees_in(connection: AsyncConnection, cycle: uuid.UUID) -> set[uuid.UUID]:
    """Who is appraised in the cycle."""
    return set((await connection.execute(_EMPLOYEES, {"cycle": cycle})).scalars())


async def waiting_tasks(
    connection: AsyncConnection, cycles: Sequence[uuid.UUID], now: dt.datetime
) -> list[WaitingTask]:
    """The open tasks of the stages in the cycles, person by person, at the real moment ``now``."""
    return all_rows(WaitingTask, await connection.execute(_WAITING, {"cycles": list(cycles), "now": now}))


async def snapshot_of(connection: AsyncConnection, appraisal: uuid.UUID) -> dict[str, Any]:
    """The snapshot of an existing appraisal."""
    snapshot: dict[str, Any] = (await connection.execute(_SNAPSHOT, {"appraisal": appraisal})).scalar_one()
    return snapshot


async def positions(
    connection: AsyncConnection, cycle: uuid.UUID, employees: Sequence[uuid.UUID]
) -> list[tuple[uuid.UUID, Appraisal]]:
    """Where the appraisals of some employees stand."""
    rows = await connection.execute(_POSITIONS, {"cycle": cycle, "employees": list(employees)})
    return [(row.employee_id, load_appraisal(row.snapshot)) for row in rows]
