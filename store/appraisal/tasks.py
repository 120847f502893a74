"""Reads open tasks."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Date, Uuid

from store.appraisal.repository import Asker
from store.appraisal.rights import ASKER, NOW, REACH

# A personnel officer stands in only where a line ends: an employee with a rater is not looked at twice.
_MINE = f"""
    FROM me
    CROSS JOIN reach
    JOIN appraisal ON appraisal.employee_id = reach.employee_id
    JOIN cycle ON cycle.id = appraisal.cycle_id AND cycle.agency_id = me.agency_id
    JOIN task ON task.appraisal_id = appraisal.id AND task.closed_at IS NULL
    WHERE CASE task.capacity
        WHEN 'employee' THEN appraisal.employee_id = me.id
        WHEN 'hr' THEN me.hr AND appraisal.employee_id <> me.id
        ELSE appraisal.employee_id <> me.id
            AND (NOT me.hr OR task.capacity <> 'rater'
                OR appraisal.employee_id IN (SELECT employee_id FROM direct)
                OR assigned_holder(appraisal.employee_id, 'rater', {NOW}) IS NULL)
            AND me.id IN (
                SELECT holder FROM holders_of(
                    appraisal.employee_id, task.capacity, {NOW}, signers(appraisal.snapshot)) AS holder)
    END
"""  # noqa: S608  # parts of SQL, never input

_PAGE = text(f"""
    WITH RECURSIVE {REACH}, mine AS (
        SELECT task.id, task.appraisal_id, task.stage, task.capacity, task.opened_at, task.due_on,
            COALESCE(CAST(appraisal.snapshot -> 'deadline' ->> 'lapsed' AS boolean), false) AS overdue,
            appraisal.employee_id, cycle.id AS cycle_id, cycle.name AS cycle,
            COALESCE(task.due_on, 'infinity') AS due
        {_MINE}
    )
    SELECT mine.id, mine.appraisal_id, mine.stage, mine.capacity, mine.opened_at, mine.due_on, mine.overdue,
        employee.id, employee.name, mine.cycle_id, mine.cycle
    FROM mine JOIN person AS employee ON employee.id = mine.employee_id
    WHERE :after_id IS NULL OR (mine.due, mine.id) > (COALESCE(:after_due, 'infinity'), :after_id)
    ORDER BY mine.due, mine.id LIMIT :limit
""").bindparams(*ASKER[:3], bindparam("after_due", type_=Date()), bindparam("after_id", type_=Uuid()))  # noqa: S608  # parts of SQL, never input

_COUNTS = text(f"""
    WITH RECURSIVE {REACH}
    SELECT task.capacity, count(*),
        count(*) FILTER (WHERE CAST(appraisal.snapshot -> 'deadline' ->> 'lapsed' AS boolean))
    {_MINE}
    GROUP BY task.capacity
""").bindparams(*ASKER[:3])


@dataclass(frozen=True, slots=True)
class Task:
    """What one person has to do now."""

    id: uuid.UUID
    appraisal_id: uuid.UUID
    stage: str
    capacity: str
    opened_at: dt.datetime
    due_on: dt.date | None
    overdue: bool
    employee_id: uuid.UUID
    employee: str
    cycle_id: uuid.UUID
    cycle: str


@dataclass(frozen=True, slots=True)
class TaskCount:
    """How many tasks wait on a person in one capacity."""

    capacity: str
    open: int
    overdue: int


async def tasks(
    connection: AsyncConnection,
    asker: Asker,
    *,
    after: tuple[dt.date | None, uuid.UUID] | None,
    limit: int,
) -> list[Task]:
    """The asker's open tasks in all capacities, the first due first, those without a due day last."""
    rows = await connection.execute(
        _PAGE,
        {
            "person": asker.person,
            "agency": asker.agency,
            "now": asker.now,
            "after_due": after[0] if after else None,
            "after_id": after[1] if after else None,
            "limit": limit,
        },
    )
    return [Task(*row) for row in rows]


async def task_counts(connection: AsyncConnection, asker: Asker) -> list[TaskCount]:
    """How many tasks wait on the asker, by capacity."""
    rows = await connection.execute(
        _COUNTS, {"person": asker.person, "agency": asker.agency, "now": asker.now}
    )
    return [TaskCount(*row) for row in rows]
