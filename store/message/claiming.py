"""Claims the messages that are due, in one statement, with all that sending them needs."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from states.codec import Json
from states.receipt_evidence import Evidence
from states.rules import DeemedAfter
from states.stages import Stage
from store.message.channels import ChannelName
from store.message.due import DueCase, DueGroup, DueMessage
from store.receipt.awaited import AWAITS, RULES_OF_RESPONSE
from translations import Locale

# A notice is still wanted while the stay in the stage that caused it lasts (a stage entered again after a
# send-back is another stay) and, where it names a due day, while that day is the one that runs. Whose task has
# passed to another official meanwhile is told nothing. What an operation has to tell is wanted in any case: it
# stands for all of the recipient's appraisals. Of several notices on one case the gravest is told.
CLAIM = text(f"""
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
            business_at(cycle.clock, now()), signers(appraisal.snapshot))) AS handed_over,
        {AWAITS} AS awaits,
        appraisal.snapshot ->> 'received_on' AS received_on,
        scheme.content #> '{{receipt,deemed_after}}' AS deemed_after
    FROM due
    JOIN notice ON notice.message_id = due.id
        AND notice.state IN ('created', 'held', 'digesting', 'sending', 'temporary_failure')
    JOIN appraisal ON appraisal.id = notice.appraisal_id
    JOIN cycle ON cycle.id = appraisal.cycle_id
    {RULES_OF_RESPONSE}
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
    SELECT message_id, template, stage, awaits, own_task, count(*) AS count, min(running_due_on) AS earliest_due
    FROM told GROUP BY message_id, template, stage, awaits, own_task
), summed AS (
    SELECT message_id, sum(count) AS total, jsonb_agg(jsonb_build_object('template', template, 'stage', stage,
        'awaits', awaits, 'own_task', own_task, 'count', count, 'earliest_due', earliest_due)
        ORDER BY earliest_due NULLS LAST, template, stage, awaits, own_task) AS groups
    FROM grouped GROUP BY message_id
), oldest AS (
    SELECT message_id, jsonb_agg(jsonb_build_object('template', template, 'stage', stage, 'own_task', own_task,
        'due_on', running_due_on, 'appraisal_id', appraisal_id, 'awaits', awaits, 'received_on', received_on,
        'deemed_after', deemed_after) ORDER BY place) AS oldest
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
""")  # noqa: S608  # its parts are constants
"""Take up to ``most`` due messages of a ``channel`` for as long as ``lease``; gives `ClaimedRow`."""


@dataclass(frozen=True, slots=True)
class ClaimedRow:
    """A message that was due, with all that it tells in its columns."""

    id: uuid.UUID
    recipient_id: uuid.UUID
    digest: bool
    rehearsal_cycle_id: uuid.UUID | None
    state: str
    """sending, or cancelled if none of its notices is still wanted."""
    attempts: int
    total: int | None
    groups: Sequence[Json] | None
    """None for a cancelled message; so are the fields before and after this one."""
    oldest: Sequence[Json] | None
    nudger: str | None
    locale: str
    address: str
    address_is_bad: bool
    name: str


def due_message(row: ClaimedRow, channel: ChannelName) -> DueMessage:
    """A claimed message that is to be sent."""
    return DueMessage(
        id=row.id,
        channel=channel,
        attempt=row.attempts,
        digest=row.digest,
        rehearsal=row.rehearsal_cycle_id is not None,
        recipient_id=row.recipient_id,
        recipient_name=row.name,
        address=row.address,
        address_is_bad=row.address_is_bad,
        locale=Locale(row.locale),
        nudger=row.nudger,
        groups=tuple(_group(group) for group in row.groups or ()),
        oldest=tuple(_case(case) for case in row.oldest or ()),
        total=int(row.total or 0),
    )


def _group(group: dict[str, Any]) -> DueGroup:
    return DueGroup(
        group["template"],
        Stage(group["stage"]),
        group["own_task"],
        group["count"],
        _day(group["earliest_due"]),
        _act(group["awaits"]),
    )


def _case(case: dict[str, Any]) -> DueCase:
    deemed_after = case["deemed_after"]
    return DueCase(
        case["template"],
        Stage(case["stage"]),
        case["own_task"],
        _day(case["due_on"]),
        uuid.UUID(case["appraisal_id"]),
        _act(case["awaits"]),
        _day(case["received_on"]),
        DeemedAfter.model_validate(deemed_after) if deemed_after else None,
    )


def _day(day: str | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if day else None


def _act(awaited: str | None) -> Evidence | None:
    return Evidence(awaited) if awaited else None
