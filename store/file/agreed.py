"""Reads what was agreed at the meetings of the year before."""

import uuid
from dataclasses import dataclass

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Uuid

from states.codec import Json
from store.rows import all_rows

# Of each period of the year before the meeting at which its result was delivered last.
_AGREED = text("""
    SELECT earlier.id AS appraisal, earlier.snapshot, before.year, meeting.rulebook, document.content
    FROM appraisal AS asked
    JOIN cycle ON cycle.id = asked.cycle_id
    JOIN cycle AS before ON before.agency_id = cycle.agency_id AND before.year = cycle.year - 1
        AND before.rehearsal = cycle.rehearsal
    JOIN appraisal AS earlier ON earlier.cycle_id = before.id AND earlier.employee_id = asked.employee_id
        AND earlier.stage <> 'cancelled'
    CROSS JOIN LATERAL (
        SELECT event.body ->> 'document' AS digest, (
            SELECT version.body ->> 'rulebook' FROM event AS version
            WHERE version.appraisal_id = event.appraisal_id AND version.sequence <= event.sequence
                AND version.body ? 'rulebook'
            ORDER BY version.sequence DESC LIMIT 1
        ) AS rulebook
        FROM event
        WHERE event.appraisal_id = earlier.id AND event.body ->> 'trigger' = 'deliver_result'
        ORDER BY event.sequence DESC LIMIT 1
    ) AS meeting
    JOIN document ON document.appraisal_id = earlier.id AND document.digest = meeting.digest
    WHERE asked.id = :appraisal
    ORDER BY earlier.period, before.id
""").bindparams(bindparam("appraisal", type_=Uuid()))


@dataclass(frozen=True, slots=True)
class EarlierMeeting:
    """A meeting of the year before."""

    appraisal: uuid.UUID
    snapshot: Json
    year: int
    rulebook: str
    """The version of the scheme under which it was held."""
    content: Json
    """The text that came with the delivery."""


async def earlier_meetings(connection: AsyncConnection, appraisal: uuid.UUID) -> list[EarlierMeeting]:
    """The meetings of the employee of an appraisal in the year before, in the order of their periods."""
    return all_rows(EarlierMeeting, await connection.execute(_AGREED, {"appraisal": appraisal}))
