"""Reads all evidence that a result reached its employee, or did not."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import ARRAY, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.receipt_evidence import LEVELS
from store.rows import all_rows

# The notice of a result belongs to the revision that the case had when it was written.
_HISTORY = text("""
    WITH told AS (
        SELECT notice.id, notice.channel, notice.state, notice.business_at, notice.message_id,
            cycle.clock, 1 + (
                SELECT count(*) FROM event
                WHERE event.appraisal_id = notice.appraisal_id AND event.sequence <= notice.occurrence
                    AND event.body ->> 'trigger' = 'reopen'
            ) AS revision
        FROM notice
        JOIN appraisal ON appraisal.id = notice.appraisal_id AND appraisal.employee_id = notice.recipient_id
        JOIN cycle ON cycle.id = appraisal.cycle_id
        WHERE notice.appraisal_id = :appraisal AND notice.stage = 'response' AND notice.rule = 'deliver_result'
    )
    SELECT revision, level, at, channel, source FROM (
        SELECT revision, level, at, channel, source FROM receipt_evidence WHERE appraisal_id = :appraisal
        UNION ALL
        SELECT revision, 'delivered', business_at, channel, 'notice:' || id FROM told WHERE channel = 'inbox'
        UNION ALL
        SELECT told.revision, 'delivered', business_at(told.clock, message.delivered_at), message.channel,
            'message:' || message.id
        FROM told JOIN message ON message.id = told.message_id WHERE message.delivered_at IS NOT NULL
        UNION ALL
        SELECT told.revision, 'bounced', business_at(told.clock, attempt.at), message.channel,
            'message:' || message.id
        FROM told JOIN message ON message.id = told.message_id
        JOIN message_attempt AS attempt ON attempt.message_id = message.id
            AND attempt.outcome IN ('bounced', 'permanent_failure')
    ) AS shown
    ORDER BY revision, at, array_position(CAST(:levels AS text[]), CAST(level AS text)), source
""").bindparams(
    bindparam("appraisal", type_=Uuid()),
    bindparam("levels", [level.value for level in LEVELS], type_=ARRAY(Text())),
)


@dataclass(frozen=True, slots=True)
class EvidenceShown:
    """One piece of evidence of a receipt, or against it."""

    revision: int
    """Which result it is about: 1 for the first, one more for each reopening."""
    level: str
    """delivered, bounced, seen, acknowledged, deemed, refused or recorded."""
    at: dt.datetime
    """In business time; noon if only the day is known."""
    channel: str
    """The channel of the notice; empty for what happened outside."""
    source: str
    """What shows it: ``event:<sequence>``, ``notice:<id>`` or ``message:<id>``."""


async def evidence_of_receipt(connection: AsyncConnection, appraisal: uuid.UUID) -> list[EvidenceShown]:
    """All evidence of a case, result by result, in the order of time."""
    return all_rows(EvidenceShown, await connection.execute(_HISTORY, {"appraisal": appraisal}))
