"""Claims due notices and records what became of them: one statement each, safe for any number of relays."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from states.stages import Stage
from store.database import autocommit
from store.outbox.notice import Claim, DueNotice, NoticeState, Sending
from translations import Locale

# A notice is still wanted while the stay in the stage that caused it lasts (a stage entered again after a
# send-back is another stay) and, where it names a due day, while that day is the one that runs. Whose task has
# passed to another official meanwhile is told nothing. What an operation has to tell is wanted in any case: it
# stands for all of the recipient's appraisals.
_CLAIM = text("""
WITH due AS MATERIALIZED (
    SELECT id FROM notice
    WHERE state IN ('created', 'sending', 'temporary_failure') AND next_attempt_at <= now()
        AND channel = :channel
    ORDER BY next_attempt_at
    LIMIT :most
    FOR UPDATE SKIP LOCKED
), looked_up AS MATERIALIZED (
    SELECT notice.id, notice.template, notice.operation_id,
        CASE WHEN notice.operation_id IS NULL THEN appraisal.due_on ELSE notice.due_on END AS running_due_on,
        appraisal.stage = notice.stage
        AND (notice.template NOT IN ('reminder', 'escalation')
            OR notice.due_on IS NOT DISTINCT FROM appraisal.due_on)
        AND NOT EXISTS (
            SELECT FROM task
            WHERE task.appraisal_id = notice.appraisal_id AND task.stage = notice.stage
                AND task.closed_sequence > notice.occurrence
        ) AS lasts,
        CASE WHEN notice.template = 'task_opened' THEN true
            WHEN appraisal.holder IS NULL THEN notice.recipient_id = appraisal.employee_id
            ELSE notice.recipient_id IN (SELECT holders_of(
                appraisal.employee_id, appraisal.id, appraisal.relations_until, appraisal.holder, notice.business_at,
                signers(appraisal.snapshot)))
        END AS own_task,
        notice.template IN ('task_opened', 'reminder') AND notice.recipient_id NOT IN (SELECT holders_of(
            appraisal.employee_id, appraisal.id, appraisal.relations_until, appraisal.holder,
            business_at(cycle.clock, now()), signers(appraisal.snapshot))) AS handed_over
    FROM due JOIN notice USING (id)
    JOIN appraisal ON appraisal.id = notice.appraisal_id
    JOIN cycle ON cycle.id = appraisal.cycle_id
), judged AS (
    SELECT id, running_due_on, own_task,
        operation_id IS NOT NULL OR (lasts AND NOT (own_task AND handed_over)) AS wanted
    FROM looked_up
), claimed AS (
    UPDATE notice
    SET state = CASE WHEN judged.wanted THEN 'sending' ELSE 'cancelled' END,
        attempts = notice.attempts + CAST(judged.wanted AS int),
        next_attempt_at = now() + :lease
    FROM judged WHERE judged.id = notice.id
    RETURNING notice.id, notice.appraisal_id, notice.stage, notice.template, notice.rehearsal,
        notice.attempts, notice.recipient_id, notice.state, judged.running_due_on, judged.own_task
)
SELECT claimed.*, person.email,
    trim(concat_ws(' ', nullif(person.title_before, ''), person.name))
        || coalesce(', ' || nullif(person.title_after, ''), '') AS name
FROM claimed JOIN person ON person.id = claimed.recipient_id
ORDER BY claimed.id
""")

# What was sent is recorded even by a relay whose claim ran out meanwhile; a failure only by the present one.
_SETTLE = text("""
UPDATE notice
SET state = s.state, provider_answer = s.answer, next_attempt_at = now() + make_interval(secs => s.wait),
    sent_at = CASE WHEN s.state = 'sent' THEN s.at END
FROM jsonb_to_recordset(CAST(:sendings AS jsonb))
    AS s(id uuid, attempt int, state text, answer text, at timestamptz, wait float8)
WHERE notice.id = s.id AND notice.state = 'sending' AND (s.state = 'sent' OR notice.attempts = s.attempt)
""")

_RELEASE = text("""
UPDATE notice
SET state = CASE WHEN r.attempt = 1 THEN 'created' ELSE 'temporary_failure' END, attempts = r.attempt - 1,
    next_attempt_at = now()
FROM jsonb_to_recordset(CAST(:notices AS jsonb)) AS r(id uuid, attempt int)
WHERE notice.id = r.id AND notice.state = 'sending' AND notice.attempts = r.attempt
""")

_LONGEST_ANSWER = 500


class Outbox:
    """The notices of one channel, waiting or on their way."""

    def __init__(self, engine: AsyncEngine, *, channel: str = "email") -> None:
        self._engine = autocommit(engine)
        self._channel = channel

    async def claim(self, *, most: int, lease: dt.timedelta) -> Claim:
        """Takes up to ``most`` due notices for as long as ``lease``, and cancels those no longer wanted.

        Notices whose earlier claim has run out, because their sender died, are among them.
        """
        parameters = {"channel": self._channel, "most": most, "lease": lease}
        async with self._engine.connect() as connection:
            rows = (await connection.execute(_CLAIM, parameters)).all()
        notices = tuple(_notice(row) for row in rows if row.state == NoticeState.SENDING)
        return Claim(notices, cancelled=len(rows) - len(notices))

    async def settle(self, sendings: Sequence[Sending]) -> None:
        """Records how attempts ended; repeating it changes nothing."""
        content = json.dumps([_settled(sending) for sending in sendings])
        async with self._engine.connect() as connection:
            await connection.execute(_SETTLE, {"sendings": content})

    async def release(self, notices: Sequence[DueNotice]) -> None:
        """Gives back claimed notices that were not tried; the claim does not count as an attempt."""
        content = json.dumps([{"id": str(notice.id), "attempt": notice.attempt} for notice in notices])
        async with self._engine.connect() as connection:
            await connection.execute(_RELEASE, {"notices": content})


def _notice(row: Any) -> DueNotice:
    return DueNotice(
        id=row.id,
        appraisal_id=row.appraisal_id,
        stage=Stage(row.stage),
        template=row.template,
        due_on=row.running_due_on,
        own_task=row.own_task,
        rehearsal=row.rehearsal,
        recipient_id=row.recipient_id,
        recipient_name=row.name,
        recipient_email=row.email,
        # People have no language of their own on record yet.
        locale=Locale.INDONESIAN,
        attempt=row.attempts,
    )


def _settled(sending: Sending) -> dict[str, Any]:
    # PostgreSQL's text holds no NUL, and a provider may say anything.
    answer = sending.answer.replace("\0", "")[:_LONGEST_ANSWER]
    return {
        "id": str(sending.notice.id),
        "attempt": sending.notice.attempt,
        "state": sending.state.value,
        "answer": answer,
        "at": sending.at.isoformat(),
        "wait": sending.retry_after.total_seconds() if sending.retry_after else 0.0,
    }
