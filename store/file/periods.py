"""Reads the periods of an employee's year, each with its result."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Uuid

from states.codec import Json
from store.appraisal.repository import Asker
from store.appraisal.rights import ASKER, CASE, HELD, NOW
from store.rows import all_rows

# Delivered is what was last done to the result: nothing was returned, rated anew or reopened after it. To look up
# capacities takes longer than all the rest, and the caller knows those on the case that was asked for.
_PERIODS = text(f"""
    SELECT appraisal.id, appraisal.period, appraisal.period_from, appraisal.period_until, cycle.year,
        appraisal.snapshot, unit.name AS unit, rater.name AS rater,
        CASE WHEN appraisal.id = asked.id THEN ARRAY[]::text[] ELSE {HELD} END AS capacities,
        document.digest, document.content, author.name AS rated_by,
        COALESCE(last.trigger IN ('deliver_result', 'countersign', 'change_result'), false) AS delivered
    FROM appraisal AS asked
    JOIN cycle ON cycle.id = asked.cycle_id
    JOIN appraisal ON appraisal.cycle_id = asked.cycle_id AND appraisal.employee_id = asked.employee_id
        AND (appraisal.stage <> 'cancelled' OR appraisal.id = asked.id)
    JOIN unit ON unit.id = appraisal.unit_id
    LEFT JOIN person AS rater ON rater.id = official_of({CASE}, 'rater', {NOW})
    LEFT JOIN document
        ON document.appraisal_id = appraisal.id AND document.digest = appraisal.snapshot ->> 'result'
    LEFT JOIN person AS author ON author.id = document.author_id
    LEFT JOIN LATERAL (
        SELECT body ->> 'trigger' AS trigger FROM event
        WHERE event.appraisal_id = appraisal.id AND body ->> 'trigger' IN
            ('rate', 'return_rating', 'deliver_result', 'countersign', 'change_result', 'reopen')
        ORDER BY sequence DESC LIMIT 1
    ) AS last ON true
    WHERE asked.id = :appraisal AND cycle.agency_id = :agency
    ORDER BY appraisal.period
""").bindparams(*ASKER, bindparam("appraisal", type_=Uuid()))  # noqa: S608  # the constants of rights


@dataclass(frozen=True, slots=True)
class StoredPeriod:
    """One period of a year."""

    id: uuid.UUID
    period: int
    period_from: dt.date | None
    """None for the first day of the year."""
    period_until: dt.date | None
    """None for the last day of the year."""
    year: int
    snapshot: Json
    unit: str
    rater: str | None
    """Who rates it: of a closed period the rater from before the move."""
    capacities: Sequence[str]
    """What the asker is on its case; empty if it does not concern him, and for the case that was asked for."""
    digest: str | None
    """The text of its result."""
    content: Json | None
    rated_by: str | None
    delivered: bool
    """Whether that result was given to the employee, and was not taken up again since."""


async def periods_of(connection: AsyncConnection, appraisal: uuid.UUID, asker: Asker) -> list[StoredPeriod]:
    """The periods of the year to which an appraisal belongs, in order; cancelled ones are left out."""
    parameters = {"appraisal": appraisal, **asker.parameters}
    return all_rows(StoredPeriod, await connection.execute(_PERIODS, parameters))
