"""Reads what a form of a case is checked against: the plan in force, that of the rater, evidence and notes."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from content.parts import Values
from store.appraisal.rights import CASE
from store.plan.in_force import in_force
from store.rows import one_row

# Words alone have no content. The plan above is that of the official: who stands in for him has a plan about other
# work.
_AROUND = text(f"""
    SELECT cycle.year, appraisal.period_from, appraisal.period_until,
        employee.echelon, employee.post, own.content -> 'content' AS plan,
        rater.name AS superior, above.id IS NOT NULL AS superior_appraised,
        set.digest IS NOT NULL AS superior_ready, superior_plan.content -> 'content' AS superior_plan,
        above.snapshot ->> 'rulebook' AS superior_scheme,
        ARRAY(
            SELECT CAST(evidence.id AS text) FROM evidence
            WHERE evidence.appraisal_id = appraisal.id AND evidence.withdrawn_at IS NULL
        ) AS evidence,
        (
            SELECT COALESCE(jsonb_object_agg(counted.kind, counted.entries), '{{}}') FROM (
                SELECT entry.kind, count(*) AS entries FROM entry
                WHERE entry.appraisal_id = appraisal.id AND entry.withdrawn_at IS NULL
                GROUP BY entry.kind
            ) AS counted
        ) AS noted,
        (
            SELECT COALESCE(jsonb_object_agg(closed.input, closed.number), '{{}}') FROM input_result AS closed
            WHERE closed.appraisal_id = appraisal.id AND closed.number IS NOT NULL
        ) AS inputs
    FROM appraisal
    JOIN cycle ON cycle.id = appraisal.cycle_id
    JOIN person AS employee ON employee.id = appraisal.employee_id
    LEFT JOIN LATERAL (SELECT {in_force("appraisal.id")} AS digest) AS approved ON true
    LEFT JOIN document AS own ON own.digest = approved.digest
    LEFT JOIN person AS rater ON rater.id = official_of({CASE}, 'rater', business_at(cycle.clock, now()))
    LEFT JOIN LATERAL (
        SELECT id, snapshot FROM appraisal AS rated
        WHERE rated.cycle_id = appraisal.cycle_id AND rated.employee_id = rater.id
            AND rated.stage <> 'cancelled' AND rated.snapshot ->> 'basis' IS NULL
        ORDER BY rated.period DESC LIMIT 1
    ) AS above ON true
    LEFT JOIN LATERAL (SELECT {in_force("above.id")} AS digest) AS set ON true
    LEFT JOIN document AS superior_plan ON superior_plan.digest = set.digest
    WHERE appraisal.id = :appraisal
""").bindparams(bindparam("appraisal", type_=Uuid()))  # noqa: S608  # the constants above and CASE


@dataclass(frozen=True, slots=True)
class CaseAround:
    """What stands in and around a case, as a form needs it."""

    year: int
    period_from: dt.date | None
    """First day of a period that began within the year."""
    period_until: dt.date | None
    """Last day of a period that was closed within it."""
    echelon: str
    """Of the employee's post; empty for most."""
    post: str
    plan: Values | None
    """The plan in force as a filled form; None where there is none, or only words."""
    superior: str | None
    """Name of the official who rates; None where the relations name nobody."""
    superior_appraised: bool
    """The rater has a case of his own in the cycle, which rests on a plan."""
    superior_ready: bool
    """That plan was approved."""
    superior_plan: Values | None
    superior_scheme: str | None
    """The key of the scheme version of the rater's case."""
    evidence: Sequence[str]
    """Ids of what was handed in and not withdrawn."""
    noted: Mapping[str, int]
    """How many entries of each kind were noted and not withdrawn."""
    inputs: Mapping[str, float]
    """The numbers of closed inputs."""


async def case_around(connection: AsyncConnection, appraisal: uuid.UUID) -> CaseAround:
    """What stands around an appraisal that exists, in one query. The caller has checked the right to it."""
    return one_row(CaseAround, (await connection.execute(_AROUND, {"appraisal": appraisal})).one())
