"""Claims due messages and records what became of them: one statement each, safe for any number of relays."""

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from states.stages import Stage
from store.database import autocommit
from store.message.channels import ChannelName
from store.message.due import Claim, DueCase, DueGroup, DueMessage, MessageState, Sending
from store.message.falling_back import FALL_BACK
from translations import Locale

# A notice is still wanted while the stay in the stage that caused it lasts (a stage entered again after a
# send-back is another stay) and, where it names a due day, while that day is the one that runs. Whose task has
# passed to another official meanwhile is told nothing. What an operation has to tell is wanted in any case: it
# stands for all of the recipient's appraisals. Of several notices on one case the gravest is told.
_CLAIM = text("""
WITH due AS MATERIALIZED (
    SELECT id FROM message
    WHERE channel = :channel AND state IN ('waiting', 'sending', 'temporary_failure') AND next_attempt_at <= now()
        AND NOT EXISTS (SELECT FROM channel_pause WHERE channel = :channel AND resumed_at IS NULL)
    ORDER BY next_attempt_at
    LIMIT :most
    FOR UPDATE SKIP LOCKED
), looked_up AS MATERIALIZED (
    SELECT notice.id, notice.message_id, notice.appraisal_id, notice.stage, notice.template, notice.operation_id,
        notice.sender_id,
        CASE WHEN notice.operation_id IS NULL THEN appraisal.due_on ELSE notice.due_on END AS running_due_on,
        appraisal.stage = notice.stage AND NOT EXISTS (
            SELECT FROM task
            WHERE task.appraisal_id = notice.appraisal_id AND task.stage = notice.stage
                AND task.closed_sequence > notice.occurrence
        ) AS lasts,
        notice.template NOT IN ('reminder', 'escalation')
            OR notice.due_on IS NOT DISTINCT FROM appraisal.due_on AS in_time,
        CASE WHEN notice.template IN ('task_opened', 'result_ready', 'nudge') THEN true
            WHEN appraisal.holder IS NULL THEN notice.recipient_id = appraisal.employee_id
            ELSE notice.recipient_id IN (SELECT holders_of(
                appraisal.employee_id, appraisal.id, appraisal.relations_until, appraisal.holder, notice.business_at,
                signers(appraisal.snapshot)))
        END AS own_task,
        notice.template IN ('task_opened', 'reminder', 'nudge') AND notice.recipient_id NOT IN (SELECT holders_of(
            appraisal.employee_id, appraisal.id, appraisal.relations_until, appraisal.holder,
            business_at(cycle.clock, now()), signers(appraisal.snapshot))) AS handed_over
    FROM due
    JOIN notice ON notice.message_id = due.id
        AND notice.state IN ('created', 'held', 'digesting', 'sending', 'temporary_failure')
    JOIN appraisal ON appraisal.id = notice.appraisal_id
    JOIN cycle ON cycle.id = appraisal.cycle_id
), judged AS MATERIALIZED (
    SELECT *, CASE
            WHEN operation_id IS NOT NULL THEN ''
            WHEN NOT lasts THEN 'done'
            WHEN NOT in_time THEN 'due_day_moved'
            WHEN own_task AND handed_over THEN 'handed_over'
            ELSE ''
        END AS unwanted
    FROM looked_up
), mirrored AS (
    UPDATE notice
    SET state = CASE WHEN judged.unwanted = '' THEN 'sending' ELSE 'cancelled' END,
        reason = CASE WHEN judged.unwanted = '' AND notice.reason = 'fallback' THEN 'fallback' ELSE judged.unwanted END
    FROM judged WHERE judged.id = notice.id
), told AS MATERIALIZED (
    SELECT DISTINCT ON (message_id, appraisal_id) * FROM judged WHERE unwanted = ''
    ORDER BY message_id, appraisal_id, array_position(ARRAY['finalised', 'result_ready', 'nudge', 'escalation',
        'reminder', 'task_opened', 'handed_over', 'extended', 'changed'], CAST(template AS text)), id
), placed AS (
    SELECT *, row_number() OVER (PARTITION BY message_id ORDER BY running_due_on NULLS LAST, id) AS place FROM told
), grouped AS (
    SELECT message_id, template, stage, own_task, count(*) AS count, min(running_due_on) AS earliest_due
    FROM told GROUP BY message_id, template, stage, own_task
), summed AS (
    SELECT message_id, sum(count) AS total, jsonb_agg(jsonb_build_object('template', template, 'stage', stage,
        'own_task', own_task, 'count', count, 'earliest_due', earliest_due)
        ORDER BY earliest_due NULLS LAST, template, stage, own_task) AS groups
    FROM grouped GROUP BY message_id
), oldest AS (
    SELECT message_id, jsonb_agg(jsonb_build_object('template', template, 'stage', stage, 'own_task', own_task,
        'due_on', running_due_on, 'appraisal_id', appraisal_id) ORDER BY place) AS oldest
    FROM placed WHERE place <= 5 GROUP BY message_id
), nudges AS (
    SELECT message_id, min(person.name) AS nudger
    FROM told JOIN person ON person.id = told.sender_id
    GROUP BY message_id HAVING count(DISTINCT sender_id) = 1
), claimed AS (
    UPDATE message
    SET state = CASE WHEN summed.total > 0 THEN 'sending' ELSE 'cancelled' END,
        reason = CASE WHEN summed.total > 0 THEN '' ELSE 'nothing_left' END,
        attempts = message.attempts + CASE WHEN summed.total > 0 THEN 1 ELSE 0 END,
        next_attempt_at = now() + :lease
    FROM due LEFT JOIN summed ON summed.message_id = due.id
    WHERE due.id = message.id
    RETURNING message.id, message.recipient_id, message.digest, message.rehearsal_cycle_id, message.state,
        message.attempts, summed.total, summed.groups
)
SELECT claimed.*, oldest.oldest, nudges.nudger, person.locale,
    COALESCE(contact.address, CASE WHEN :channel = 'email' THEN trim(person.email) END, '') AS address,
    :channel = 'email' AND EXISTS (
        SELECT FROM contact AS spoilt WHERE spoilt.person_id = person.id AND spoilt.channel = 'email'
            AND spoilt.address = trim(person.email) AND spoilt.bad_since IS NOT NULL) AS address_is_bad,
    trim(concat_ws(' ', nullif(person.title_before, ''), person.name))
        || coalesce(', ' || nullif(person.title_after, ''), '') AS name
FROM claimed
JOIN person ON person.id = claimed.recipient_id
LEFT JOIN oldest ON oldest.message_id = claimed.id
LEFT JOIN nudges ON nudges.message_id = claimed.id
LEFT JOIN contact ON contact.person_id = person.id AND contact.channel = :channel
    AND contact.confirmed_at IS NOT NULL AND contact.bad_since IS NULL
ORDER BY claimed.id
""")

# What was sent is recorded even by a relay whose claim ran out meanwhile; a failure only by the present one.
_SETTLE = text("""
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

_RELEASE = text("""
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


class Outbox:
    """The messages of one channel, waiting or on their way."""

    def __init__(self, database: AsyncEngine, *, channel: ChannelName = ChannelName.EMAIL) -> None:
        self._transactional = database
        self._engine = autocommit(database)
        self._channel = channel

    async def claim(self, *, most: int, lease: dt.timedelta) -> Claim:
        """Takes up to ``most`` due messages for as long as ``lease``, and cancels what is no longer wanted.

        Messages whose earlier claim has run out, because their sender died, are among them. While the channel
        is paused nothing is due.
        """
        parameters = {"channel": self._channel.value, "most": most, "lease": lease}
        async with self._engine.connect() as connection:
            rows = (await connection.execute(_CLAIM, parameters)).all()
        messages = tuple(self._message(row) for row in rows if row.state == MessageState.SENDING)
        return Claim(messages, cancelled=len(rows) - len(messages))

    async def settle(self, sendings: Sequence[Sending]) -> None:
        """Records how attempts ended; repeating it changes nothing.

        What failed for good is written anew for the next channel, in the same transaction.
        """
        content = {"sendings": json.dumps([_settled(sending) for sending in sendings])}
        if any(sending.state is MessageState.PERMANENT_FAILURE for sending in sendings):
            async with self._transactional.begin() as connection:
                await _settle_and_fall_back(connection, content)
        else:
            async with self._engine.connect() as connection:
                await connection.execute(_SETTLE, content)

    async def release(self, messages: Sequence[DueMessage]) -> None:
        """Gives back claimed messages that were not tried; the claim does not count as an attempt."""
        content = json.dumps([{"id": str(message.id), "attempt": message.attempt} for message in messages])
        async with self._engine.connect() as connection:
            await connection.execute(_RELEASE, {"messages": content})

    def _message(self, row: Any) -> DueMessage:
        return DueMessage(
            id=row.id,
            channel=self._channel,
            attempt=row.attempts,
            digest=row.digest,
            rehearsal=row.rehearsal_cycle_id is not None,
            recipient_id=row.recipient_id,
            recipient_name=row.name,
            address=row.address,
            address_is_bad=row.address_is_bad,
            locale=Locale(row.locale),
            nudger=row.nudger,
            groups=tuple(_group(group) for group in row.groups),
            oldest=tuple(_case(case) for case in row.oldest),
            total=int(row.total),
        )


async def _settle_and_fall_back(connection: AsyncConnection, content: dict[str, str]) -> None:
    failed = (await connection.execute(_SETTLE, content)).scalars().all()
    if failed:
        await connection.execute(FALL_BACK, {"messages": list(failed)})


def _group(group: dict[str, Any]) -> DueGroup:
    earliest = group["earliest_due"]
    return DueGroup(
        group["template"],
        Stage(group["stage"]),
        group["own_task"],
        group["count"],
        dt.date.fromisoformat(earliest) if earliest else None,
    )


def _case(case: dict[str, Any]) -> DueCase:
    due_on = case["due_on"]
    return DueCase(
        case["template"],
        Stage(case["stage"]),
        case["own_task"],
        dt.date.fromisoformat(due_on) if due_on else None,
        uuid.UUID(case["appraisal_id"]),
    )


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
