"""Reads the copy of a message as it was sent, the proof of what somebody was told."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.codec import Json
from store.rows import one_row

CASES = 200
"""The most cases that are named; a digest may tell about more."""

_COPY = text("""
    SELECT message.id, message.recipient_id, person.name AS recipient, message.channel, message.digest,
        message.rehearsal_cycle_id IS NOT NULL AS rehearsal, message.state, message.reason, message.slot,
        message.next_attempt_at, message.attempts, message.address, message.template, message.template_version,
        message.locale, message.subject, message.body, message.provider, message.provider_reference AS reference,
        message.provider_answer AS answer, message.sent_at, message.delivered_at,
        (SELECT count(*) FROM notice WHERE notice.message_id = message.id) AS carried,
        ARRAY(
            SELECT jsonb_build_object('id', carried.id, 'appraisal_id', carried.appraisal_id,
                'template', carried.template, 'stage', carried.stage, 'duty', carried.duty,
                'state', carried.state, 'reason', carried.reason)
            FROM (SELECT * FROM notice WHERE notice.message_id = message.id ORDER BY created_at, id LIMIT :cases)
                AS carried) AS notices,
        ARRAY(
            SELECT jsonb_build_object('number', number, 'at', at, 'provider', attempt.provider,
                'outcome', outcome, 'answer', answer)
            FROM message_attempt AS attempt WHERE attempt.message_id = message.id ORDER BY number) AS said
    FROM message JOIN person ON person.id = message.recipient_id
    WHERE message.id = :message AND person.agency_id = :agency
""").bindparams(bindparam("message", type_=Uuid()), bindparam("agency", type_=Uuid()))


@dataclass(frozen=True, slots=True)
class MessageCopy:
    """One message with its text, the way it took and the notices that it carried."""

    id: uuid.UUID
    recipient_id: uuid.UUID
    recipient: str
    channel: str
    digest: bool
    rehearsal: bool
    state: str
    reason: str
    slot: dt.datetime
    """Business moment from which it might leave."""
    next_attempt_at: dt.datetime
    attempts: int
    address: str
    template: str
    template_version: int
    locale: str
    subject: str
    body: str
    """Empty before it was sent."""
    provider: str
    reference: str
    answer: str
    sent_at: dt.datetime | None
    delivered_at: dt.datetime | None
    carried: int
    notices: Sequence[Json]
    """Its notices, up to `CASES`: ``id``, ``appraisal_id``, ``template``, ``stage``, ``duty``, ``state``,
    ``reason``."""
    said: Sequence[Json]


async def message_copy(
    connection: AsyncConnection, message: uuid.UUID, agency: uuid.UUID
) -> MessageCopy | None:
    """A message to somebody of the agency. The caller checks who may read it."""
    found = await connection.execute(_COPY, {"message": message, "agency": agency, "cases": CASES})
    row = found.one_or_none()
    return None if row is None else one_row(MessageCopy, row)
