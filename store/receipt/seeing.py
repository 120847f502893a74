"""Marks in the inbox what somebody has seen of a case."""

import datetime as dt
import uuid

from sqlalchemy import DateTime, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

_SEE = text("""
    UPDATE notice SET state = 'seen', seen_at = business_at(cycle.clock, :now)
    FROM appraisal JOIN cycle ON cycle.id = appraisal.cycle_id
    WHERE appraisal.id = :appraisal AND notice.appraisal_id = appraisal.id AND notice.recipient_id = :person
        AND notice.channel = 'inbox' AND notice.state = 'delivered'
""").bindparams(
    bindparam("appraisal", type_=Uuid()),
    bindparam("person", type_=Uuid()),
    bindparam("now", type_=DateTime(timezone=True)),
)


async def see(connection: AsyncConnection, appraisal: uuid.UUID, person: uuid.UUID, now: dt.datetime) -> int:
    """Marks the inbox notices of a case that somebody has not seen yet, at the real moment ``now``.

    Returns how many there were; what is marked keeps its first moment.
    """
    result = await connection.execute(_SEE, {"appraisal": appraisal, "person": person, "now": now})
    return result.rowcount
