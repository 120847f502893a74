"""Finds plans of raters that were set while plans below them are drafted, if those cases do not note it yet."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import Integer, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.codec import Json
from states.command_keys import SUPERIOR_PLAN
from store.appraisal.rights import CASE
from store.rows import all_rows

# It is noted only where the scheme lets the clock of a plan wait. What was set before the drafting began is no news.
_UNNOTED = text(f"""
    WITH waiting AS (
        SELECT array_agg(key) AS keys FROM scheme WHERE content -> 'behind_superior' ->> 'clock' = 'waits'
    ), drafting AS (
        SELECT appraisal.id, appraisal.cycle_id, appraisal.snapshot, appraisal.entered_at,
            official_of({CASE}, 'rater', business_at(cycle.clock, now())) AS rater
        FROM waiting
        JOIN cycle ON waiting.keys IS NOT NULL
        JOIN appraisal ON appraisal.cycle_id = cycle.id AND appraisal.stage = 'plan_drafting'
        WHERE appraisal.snapshot ->> 'rulebook' = ANY (waiting.keys)
    )
    SELECT drafting.id AS appraisal, drafting.snapshot, plan.at AS set_at, plan.command_id
    FROM drafting
    CROSS JOIN LATERAL (
        SELECT rated.id FROM appraisal AS rated
        WHERE rated.cycle_id = drafting.cycle_id AND rated.employee_id = drafting.rater
            AND rated.stage <> 'cancelled'
        ORDER BY rated.period DESC LIMIT 1
    ) AS above
    CROSS JOIN LATERAL (
        SELECT event.at, concat(CAST(:prefix AS text), above.id, ':', event.sequence) AS command_id FROM event
        WHERE event.appraisal_id = above.id AND event.kind = 'acted'
            AND event.body ->> 'trigger' = 'approve_plan'
        ORDER BY event.sequence DESC LIMIT 1
    ) AS plan
    WHERE plan.at >= drafting.entered_at AND NOT EXISTS (
        SELECT FROM event
        WHERE event.appraisal_id = drafting.id AND event.command_id = plan.command_id)
    ORDER BY drafting.id LIMIT :most
""").bindparams(bindparam("most", type_=Integer()), bindparam("prefix", SUPERIOR_PLAN))  # noqa: S608  # CASE names columns


@dataclass(frozen=True, slots=True)
class PlanSet:
    """A case whose plan is being drafted, and the setting of the plan above it."""

    appraisal: uuid.UUID
    snapshot: Json
    set_at: dt.datetime
    """In business time."""
    command_id: str
    """The id of the command that notes it: always the same for the same setting."""


async def unnoted_plans(connection: AsyncConnection, most: int) -> list[PlanSet]:
    """Up to ``most`` cases that do not note yet that the plan above was set, in one query."""
    return all_rows(PlanSet, await connection.execute(_UNNOTED, {"most": most}))
