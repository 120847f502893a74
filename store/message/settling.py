"""Records how attempts at messages ended, or gives back messages that were not tried; in one statement each."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import text

from store.message.due import DueMessage, MessageState, Sending

# A relay whose claim ran out meanwhile may still record a sending. Only the present claim may record a failure.
SETTLE = text("""
WITH ended AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(CAST(:sendings AS jsonb)) AS s(id uuid, attempt int, state text, answer text,
        at timestamptz, wait float8, reason text, provider text, reference text, bad_address boolean, address text,
        template text, version int, subject text, body text)
), settled AS (
    UPDATE message
    SET state = ended.state, reason = ended.reason, provider_answer = ended.answer, provider = ended.provider,
        provider_reference = ended.reference, next_attempt_at = now() + make_interval(secs => ended.wait),
        sent_at = CASE WHEN ended.state = 'sent' THEN ended.at END, address = ended.address,
        template = ended.template, template_version = ended.version, subject = ended.subject, body = ended.body
    FROM ended
    WHERE message.id = ended.id AND message.state = 'sending'
        AND (ended.state = 'sent' OR message.attempts = ended.attempt)
    RETURNING message.id, message.recipient_id, message.channel
), logged AS (
    INSERT INTO message_attempt (message_id, number, at, provider, outcome, answer)
    SELECT id, 1 + (SELECT COALESCE(max(number), 0) FROM message_attempt WHERE message_id = settled.id),
        ended.at, ended.provider, ended.state, ended.answer
    FROM settled JOIN ended USING (id)
    ON CONFLICT DO NOTHING
), mirrored AS (
    UPDATE notice
    SET state = ended.state,
        reason = CASE WHEN ended.reason = '' AND notice.reason = 'fallback' THEN 'fallback' ELSE ended.reason END
    FROM settled JOIN ended USING (id)
    WHERE notice.message_id = settled.id AND notice.state = 'sending'
), spoilt AS (
    INSERT INTO contact (id, person_id, channel, address, added_at, bad_since, bad_answer)
    SELECT DISTINCT ON (settled.recipient_id, settled.channel, ended.address)
        gen_random_uuid(), settled.recipient_id, settled.channel, ended.address, now(), now(), ended.answer
    FROM settled JOIN ended USING (id) WHERE ended.bad_address AND ended.address <> ''
    ON CONFLICT (person_id, channel, address) DO UPDATE
    SET bad_since = COALESCE(contact.bad_since, excluded.bad_since), bad_answer = excluded.bad_answer
)
SELECT id FROM settled JOIN ended USING (id) WHERE ended.state = 'permanent_failure'
""")

RELEASE = text("""
WITH released AS (
    UPDATE message
    SET state = CASE WHEN r.attempt = 1 THEN 'waiting' ELSE 'temporary_failure' END, attempts = r.attempt - 1,
        next_attempt_at = now()
    FROM jsonb_to_recordset(CAST(:messages AS jsonb)) AS r(id uuid, attempt int)
    WHERE message.id = r.id AND message.state = 'sending' AND message.attempts = r.attempt
    RETURNING message.id, message.digest, message.state
)
UPDATE notice SET state = CASE
        WHEN released.state = 'temporary_failure' THEN 'temporary_failure'
        WHEN released.digest THEN 'digesting' ELSE 'created'
    END
FROM released WHERE notice.message_id = released.id AND notice.state = 'sending'
""")

_LONGEST_ANSWER = 500


def settled(sendings: Sequence[Sending]) -> dict[str, str]:
    """The parameters of `SETTLE`."""
    return {"sendings": json.dumps([_settled(sending) for sending in sendings])}


def released(messages: Sequence[DueMessage]) -> dict[str, str]:
    """The parameters of `RELEASE`."""
    content = [{"id": str(message.id), "attempt": message.attempt} for message in messages]
    return {"messages": json.dumps(content)}


def _settled(sending: Sending) -> dict[str, Any]:
    copy = sending.copy
    kept = copy if sending.state is MessageState.SENT else None
    return {
        "id": str(sending.message.id),
        "attempt": sending.message.attempt,
        "state": sending.state.value,
        "answer": _storable(sending.answer)[:_LONGEST_ANSWER],
        "at": sending.at.isoformat(),
        "wait": sending.retry_after.total_seconds() if sending.retry_after else 0.0,
        "reason": sending.reason,
        "provider": sending.provider[:60],
        "reference": _storable(sending.reference)[:300],
        "bad_address": sending.bad_address,
        "address": copy.address if copy else sending.message.address,
        "template": copy.template if copy else "",
        "version": copy.version if copy else 0,
        "subject": _storable(kept.subject)[:300] if kept else "",
        "body": _storable(kept.body) if kept else "",
    }


def _storable(answer: str) -> str:
    # PostgreSQL's text holds no NUL, and a provider may say anything.
    return answer.replace("\0", "")
