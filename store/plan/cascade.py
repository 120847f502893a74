"""Reads the plans below a plan: those of the people whom its holder rates."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Uuid

from states.codec import Json
from store.appraisal.repository import Asker
from store.appraisal.rights import ASKER, CASE, HELD, NOW
from store.plan.in_force import in_force
from store.rows import all_rows

MOST_SUBORDINATES = 500
"""More plans than these are not read at once; nobody rates so many people directly."""

# Found by the relations that name the official, and verified: a case may have been handed over.
_BELOW = text(f"""
    SELECT appraisal.id AS appraisal, employee.name AS employee, appraisal.stage,
        COALESCE(appraisal.snapshot -> 'suspension' ->> 'source', appraisal.stage) AS stage_of_work,
        appraisal.snapshot ->> 'rulebook' AS rulebook, plan.content -> 'content' AS plan,
        {HELD} AS capacities
    FROM appraisal AS above
    JOIN cycle ON cycle.id = above.cycle_id
    CROSS JOIN LATERAL (
        SELECT DISTINCT ON (each.employee_id) each.*
        FROM assignment JOIN appraisal AS each ON each.employee_id = assignment.employee_id
        WHERE assignment.holder_id = above.employee_id AND assignment.capacity = 'rater'
            AND each.cycle_id = above.cycle_id AND each.stage <> 'cancelled'
        ORDER BY each.employee_id, each.period DESC
    ) AS appraisal
    JOIN person AS employee ON employee.id = appraisal.employee_id
    LEFT JOIN document AS plan
        ON plan.appraisal_id = appraisal.id AND plan.digest = {in_force("appraisal.id")}
    WHERE above.id = :above AND cycle.agency_id = :agency
        AND official_of({CASE}, 'rater', {NOW}) = above.employee_id
    ORDER BY employee.name, appraisal.id LIMIT {MOST_SUBORDINATES}
""").bindparams(*ASKER, bindparam("above", type_=Uuid()))  # noqa: S608  # the constants above and of rights


@dataclass(frozen=True, slots=True)
class PlanBelow:
    """Somebody whom the holder of a plan rates, with his plan in force."""

    appraisal: uuid.UUID
    employee: str
    stage: str
    stage_of_work: str
    """The stage; of a suspended case the one in which it was stopped."""
    rulebook: str
    plan: Json | None
    capacities: Sequence[str]
    """What the asker is on this case; empty if it does not concern him."""


async def plans_below(connection: AsyncConnection, appraisal: uuid.UUID, asker: Asker) -> list[PlanBelow]:
    """Those whom the employee of an appraisal rates in the same cycle, by name, at most `MOST_SUBORDINATES`."""
    return all_rows(PlanBelow, await connection.execute(_BELOW, {"above": appraisal, **asker.parameters}))
