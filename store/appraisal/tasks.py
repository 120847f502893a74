"""Reads open tasks."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Date, Uuid

from store.appraisal.repository import Asker
from store.appraisal.rights import AS_HR, ASKER, CASE, FAR, NEAR, NOW, REACH, SIGNED_ABOVE
from store.plan.waiting import WAITING
from store.rows import all_rows

_COLUMNS = """task.id, task.appraisal_id, task.duty, task.capacity, task.opened_at, task.due_on,
    CASE WHEN task.duty = '' THEN task.stage ELSE appraisal.stage END AS stage,
    CASE WHEN task.duty = '' THEN COALESCE(CAST(appraisal.snapshot -> 'deadline' ->> 'lapsed' AS boolean), false)
        ELSE EXISTS (
            SELECT FROM jsonb_array_elements(appraisal.snapshot -> 'duties') AS owed
            WHERE owed ->> 'kind' = task.duty AND CAST(owed -> 'deadline' ->> 'lapsed' AS boolean))
    END AS overdue,
    appraisal.employee_id, cycle.id AS cycle_id, cycle.name AS cycle, COALESCE(task.due_on, 'infinity') AS due"""

_OPEN = """
    FROM appraisal
    JOIN cycle ON cycle.id = appraisal.cycle_id AND cycle.agency_id = :agency
    JOIN task ON task.appraisal_id = appraisal.id AND task.closed_at IS NULL"""

_ACTING = f""":person = (
    SELECT found.holder
    FROM responsible({CASE}, task.capacity, {NOW}, signers(appraisal.snapshot)) AS found)"""  # noqa: S608  # CASE and NOW name columns

# A personnel officer stands in for a rater where nobody is responsible.
_HELD = f"""appraisal.employee_id <> :person AND :person IN (
    SELECT holder FROM holders_of(
        {CASE}, task.capacity, {NOW}, signers(appraisal.snapshot)) AS holder)"""  # noqa: S608  # CASE and NOW name columns

# Raters and their superiors are near; who decides an objection, or countersigns instead of one who rated, may stand
# anywhere above.
# A personnel officer stands in only where a line ends: an employee whose rater is there and no subordinate of his
# is not looked at twice.
_MINE = f"""mine AS (
    SELECT {_COLUMNS} {_OPEN}
    WHERE NOT {AS_HR} AND {NEAR} AND CASE task.capacity
        WHEN 'employee' THEN appraisal.employee_id = :person
        WHEN 'hr' THEN false
        ELSE {_ACTING}
    END
    UNION ALL
    SELECT {_COLUMNS} {_OPEN} AND task.capacity = 'appeals_officer'
    WHERE NOT {AS_HR} AND {FAR} AND {_ACTING}
    UNION ALL
    SELECT {_COLUMNS} {_OPEN} AND task.capacity = 'rater_superior'
    WHERE NOT {AS_HR} AND {FAR} AND {SIGNED_ABOVE} AND {_ACTING}
    UNION ALL
    SELECT {_COLUMNS} {_OPEN}
    WHERE {AS_HR} AND CASE task.capacity
        WHEN 'employee' THEN appraisal.employee_id = :person
        WHEN 'hr' THEN appraisal.employee_id <> :person
        ELSE (task.capacity <> 'rater'
            OR appraisal.employee_id IN (SELECT employee_id FROM near)
            OR EXISTS (
                SELECT FROM official_of({CASE}, 'rater', {NOW}) AS official
                WHERE official IS NULL OR official IN (SELECT id FROM strays)
                    OR EXISTS (SELECT FROM assignment AS mutual
                        WHERE mutual.employee_id = official AND mutual.holder_id = appraisal.employee_id)))
            AND {_HELD}
    END
)"""  # noqa: S608  # the constants above and of rights

_PAGE = text(f"""
    WITH {REACH}, {_MINE}
    SELECT mine.id, mine.appraisal_id, mine.duty, mine.stage, mine.capacity, mine.opened_at, mine.due_on, mine.overdue,
        employee.id AS employee_id, employee.name AS employee, mine.cycle_id, mine.cycle, acting.basis,
        official.name AS on_behalf_of,
        CASE WHEN mine.capacity = 'employee' AND mine.duty = '' AND mine.stage = 'plan_drafting'
            THEN {WAITING.format(person="mine.employee_id", cycle="mine.cycle_id")} ELSE 0 END AS waiting_on_my_plan
    FROM (
        SELECT * FROM mine
        WHERE :after_id IS NULL OR (mine.due, mine.id) > (COALESCE(:after_due, 'infinity'), :after_id)
        ORDER BY mine.due, mine.id LIMIT :limit
    ) AS mine
    JOIN person AS employee ON employee.id = mine.employee_id
    JOIN appraisal ON appraisal.id = mine.appraisal_id
    JOIN cycle ON cycle.id = mine.cycle_id
    LEFT JOIN LATERAL responsible({CASE}, NULLIF(NULLIF(mine.capacity, 'employee'), 'hr'), {NOW},
        signers(appraisal.snapshot)) AS acting ON acting.holder = :person
    LEFT JOIN person AS official ON official.id = acting.on_behalf_of
    ORDER BY mine.due, mine.id
""").bindparams(*ASKER[:3], bindparam("after_due", type_=Date()), bindparam("after_id", type_=Uuid()))  # noqa: S608  # the constants above

_COUNTS = text(f"""
    WITH {REACH}, {_MINE}
    SELECT capacity, count(*) AS open, count(*) FILTER (WHERE overdue) AS overdue FROM mine GROUP BY capacity
""").bindparams(*ASKER[:3])  # noqa: S608  # the constants above


@dataclass(frozen=True, slots=True)
class Task:
    """What one person has to do now."""

    id: uuid.UUID
    appraisal_id: uuid.UUID
    duty: str
    """What is owed beside the stage, a value of `DutyKind`; empty for the task of the stage."""
    stage: str
    """Where the case stands."""
    capacity: str
    opened_at: dt.datetime
    due_on: dt.date | None
    overdue: bool
    employee_id: uuid.UUID
    employee: str
    cycle_id: uuid.UUID
    cycle: str
    basis: str | None
    """The right by which the asker has an official's task; None where a personnel officer stands in."""
    on_behalf_of: str | None
    """Name of the official in whose place the asker acts."""
    waiting_on_my_plan: int
    """Of the task to draft the own plan: how many plans of those whom the asker rates wait for it."""


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
    return all_rows(Task, rows)


async def task_counts(connection: AsyncConnection, asker: Asker) -> list[TaskCount]:
    """How many tasks wait on the asker, by capacity."""
    rows = await connection.execute(
        _COUNTS, {"person": asker.person, "agency": asker.agency, "now": asker.now}
    )
    return all_rows(TaskCount, rows)
