"""Finds what providers said about notices of results, if the cases do not note it yet."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.codec import Json
from store.rows import all_rows

# A delivery leads to something only if the scheme deems receipt; otherwise it is just shown from the messages.
_UNNOTED = text("""
    WITH deeming AS (
        SELECT key FROM scheme WHERE jsonb_typeof(content -> 'receipt' -> 'deemed_after') = 'object'
    ), waiting AS (
        SELECT appraisal.id, appraisal.employee_id, appraisal.sequence, appraisal.snapshot, cycle.clock,
            appraisal.snapshot ->> 'delivered_on' IS NOT NULL AS noted
        FROM (SELECT array_agg(key) AS keys FROM deeming) AS deeming
        JOIN cycle ON deeming.keys IS NOT NULL
        JOIN appraisal ON appraisal.cycle_id = cycle.id AND appraisal.stage = 'response'
        WHERE appraisal.snapshot ->> 'rulebook' = ANY (deeming.keys)
            AND appraisal.snapshot ->> 'received_on' IS NULL AND appraisal.snapshot ->> 'seen' IS NULL
    )
    SELECT waiting.id AS appraisal, waiting.sequence, waiting.snapshot, waiting.clock, arrived.message_id AS message,
        arrived.at
    FROM waiting LEFT JOIN LATERAL (
        SELECT message.id AS message_id, business_at(waiting.clock, message.delivered_at) AS at
        FROM notice JOIN message ON message.id = notice.message_id
        WHERE notice.appraisal_id = waiting.id AND notice.stage = 'response' AND notice.template = 'result_ready'
            AND notice.recipient_id = waiting.employee_id
            AND notice.occurrence > COALESCE((
                SELECT max(event.sequence) FROM event
                WHERE event.appraisal_id = waiting.id AND event.body ->> 'trigger' = 'reopen'), 0)
            AND message.state = 'delivered' AND message.delivered_at IS NOT NULL
        ORDER BY message.delivered_at LIMIT 1
    ) AS arrived ON true
    WHERE waiting.noted = (arrived.message_id IS NULL)
    ORDER BY waiting.id LIMIT :most
""").bindparams(bindparam("most", type_=Integer()))


@dataclass(frozen=True, slots=True)
class Unnoted:
    """A result whose notice arrived, or whose noted delivery no longer counts."""

    appraisal: uuid.UUID
    sequence: int
    snapshot: Json
    clock: list[list[Any]]
    message: uuid.UUID | None
    """The message that arrived; None if the delivery that was noted must be taken back."""
    at: dt.datetime | None
    """When it arrived, in business time."""


async def unnoted_deliveries(connection: AsyncConnection, most: int) -> list[Unnoted]:
    """Up to ``most`` cases whose record and messages differ on whether the result was delivered."""
    return all_rows(Unnoted, await connection.execute(_UNNOTED, {"most": most}))
