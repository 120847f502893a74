"""Reads what was agreed with somebody when his last result was handed over, in an earlier cycle."""

import uuid
from dataclasses import dataclass

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.codec import Json
from store.rows import all_rows

# A rehearsal promises nothing for real years, and knows nothing of them.
_AGREED = text("""
    SELECT earlier.id AS appraisal_id, cycle.year, earlier.snapshot, earlier.snapshot ->> 'rulebook' AS rulebook,
        document.content -> 'content' AS filled
    FROM appraisal AS present
    JOIN cycle AS running ON running.id = present.cycle_id
    JOIN appraisal AS earlier ON earlier.employee_id = present.employee_id
    JOIN cycle ON cycle.id = earlier.cycle_id AND cycle.agency_id = running.agency_id
        AND cycle.rehearsal = running.rehearsal AND cycle.year < running.year
    CROSS JOIN LATERAL (
        SELECT event.body ->> 'document' AS digest FROM event
        WHERE event.appraisal_id = earlier.id AND event.body ->> 'trigger' = 'deliver_result'
        ORDER BY event.sequence DESC LIMIT 1
    ) AS delivered
    LEFT JOIN document ON document.digest = delivered.digest
    WHERE present.id = :appraisal
    ORDER BY cycle.year DESC, earlier.period DESC LIMIT 1
""").bindparams(bindparam("appraisal", type_=Uuid()))


@dataclass(frozen=True, slots=True)
class AgreedBefore:
    """The form with which the last result of an earlier cycle was handed over."""

    appraisal_id: uuid.UUID
    year: int
    snapshot: Json
    rulebook: str
    """Key of the scheme's version that has the form."""
    filled: Json | None
    """None where it came in words only."""


async def agreed_before(connection: AsyncConnection, appraisal: uuid.UUID) -> AgreedBefore | None:
    """What was agreed before this case; None where no result of the employee was handed over before."""
    rows = await connection.execute(_AGREED, {"appraisal": appraisal})
    return next(iter(all_rows(AgreedBefore, rows)), None)
