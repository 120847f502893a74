"""What a demonstration shows of its cycles: how many cases stand where, and on whom they wait."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, DateTime, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.appraisal import Appraisal
from states.codec import load_appraisal
from store.appraisal.rights import CASE

_CYCLES = bindparam("cycles", type_=ARRAY(Uuid()))
_STAGES = text("""
    SELECT stage, count(*) FROM appraisal WHERE cycle_id = ANY(:cycles) GROUP BY stage
""").bindparams(_CYCLES)
_LAUNCHED = text("SELECT launched_at IS NOT NULL FROM cycle WHERE id = :cycle").bindparams(
    bindparam("cycle", type_=Uuid())
)
_SNAPSHOT = text("SELECT snapshot FROM appraisal WHERE id = :appraisal").bindparams(
    bindparam("appraisal", type_=Uuid())
)
_POSITIONS = text("""
    SELECT employee_id, snapshot FROM appraisal WHERE cycle_id = :cycle AND employee_id = ANY(:employees)
""").bindparams(bindparam("cycle", type_=Uuid()), bindparam("employees", type_=ARRAY(Uuid())))
_EMPLOYEES = text("SELECT employee_id FROM appraisal WHERE cycle_id = :cycle").bindparams(
    bindparam("cycle", type_=Uuid())
)
_WAITING = text(f"""
    SELECT official, person.name, person.post, task.capacity, task.stage, appraisal.id
    FROM task
    JOIN appraisal ON appraisal.id = task.appraisal_id
    JOIN cycle ON cycle.id = appraisal.cycle_id
    CROSS JOIN LATERAL holders_of({CASE}, task.capacity, business_at(cycle.clock, :now),
        signers(appraisal.snapshot)) AS official
    JOIN person ON person.id = official
    WHERE cycle.id = ANY(:cycles) AND task.closed_at IS NULL
    ORDER BY person.nip, cycle.created_at, task.due_on, appraisal.id
""").bindparams(_CYCLES, bindparam("now", type_=DateTime(timezone=True)))  # noqa: S608  # parts of SQL, never input


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
    return {row[0]: row[1] for row in rows}


async def is_launched(connection: AsyncConnection, cycle: uuid.UUID) -> bool:
    """Whether a launch of the cycle has come to its end."""
    return bool(await connection.scalar(_LAUNCHED, {"cycle": cycle}))


async def employees_in(connection: AsyncConnection, cycle: uuid.UUID) -> set[uuid.UUID]:
    """Who is appraised in the cycle."""
    return set((await connection.execute(_EMPLOYEES, {"cycle": cycle})).scalars())


async def waiting_tasks(
    connection: AsyncConnection, cycles: Sequence[uuid.UUID], now: dt.datetime
) -> list[WaitingTask]:
    """The open tasks of the cycles, person by person, at the real moment ``now``."""
    rows = await connection.execute(_WAITING, {"cycles": list(cycles), "now": now})
    return [WaitingTask(*row) for row in rows]


async def snapshot_of(connection: AsyncConnection, appraisal: uuid.UUID) -> dict[str, Any]:
    """The snapshot of an appraisal that is there."""
    snapshot: dict[str, Any] = (await connection.execute(_SNAPSHOT, {"appraisal": appraisal})).scalar_one()
    return snapshot


async def positions(
    connection: AsyncConnection, cycle: uuid.UUID, employees: Sequence[uuid.UUID]
) -> list[tuple[uuid.UUID, Appraisal]]:
    """Where the appraisals of some employees stand."""
    rows = await connection.execute(_POSITIONS, {"cycle": cycle, "employees": list(employees)})
    return [(employee, load_appraisal(snapshot)) for employee, snapshot in rows]
