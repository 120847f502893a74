"""Claims the messages that are due, in one statement, with all that sending them needs."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, Text, bindparam, text

from states.codec import Json
from states.receipt_evidence import Evidence
from states.rules import DeemedAfter
from states.stages import Stage
from states.templates import INFORMING
from store.attending.standing import STANDS
from store.meeting.standing import IS_OF_MEETING, OVER, OVERTAKEN
from store.message.channels import ChannelName
from store.message.due import DueCase, DueGroup, DueMessage
from store.receipt.awaited import AWAITS, RULES_OF_RESPONSE
from translations import Locale

# A notice is still wanted while the task that it is about stays open: that of the stage (a stage entered again after
# a send-back is another stay) or of what is owed beside it. If the notice names a due day, that day must still run.
# If the recipient's task has passed to another official meanwhile, the recipient gets no notice. A fact is told
# whatever happened since; it is the own one of the employee. So is the notice of an operation told, which stands for
# all of the recipient's appraisals. An appointment is told while it stands. What is attended to beside the case (a
# survey, a team's result, a time to improve) is told while it lasts, wherever the case stands, with the day that was
# told. Of several notices on one task of a case, or on one thing attended to, the gravest leaves; each fact leaves.
CLAIM = text(f"""
WITH due AS MATERIALIZED (
    SELECT id FROM message
    WHERE channel = :channel AND state IN ('waiting', 'sending', 'temporary_failure') AND next_attempt_at <= now()
        AND NOT EXISTS (SELECT FROM channel_pause WHERE channel = :channel AND resumed_at IS NULL)
    ORDER BY next_attempt_at
    LIMIT :most
    FOR UPDATE SKIP LOCKED
), looked_up AS MATERIALIZED (
    SELECT notice.id, notice.message_id, notice.appraisal_id, notice.duty, notice.stage, notice.template,
        notice.operation_id, notice.attended_id, notice.sender_id, notice.template = ANY (:informing) AS informs,
        CASE WHEN notice.template IN ('receipt_recorded', 'receipt_answered')
                THEN CAST(appraisal.snapshot ->> 'response_due' AS date)
            WHEN notice.template = 'deadline_moved' OR notice.operation_id IS NOT NULL OR notice.attended_id IS NOT NULL
                    OR {IS_OF_MEETING}
                THEN notice.due_on
            WHEN notice.duty <> '' THEN owed.due_on ELSE appraisal.due_on END AS running_due_on,
        CASE WHEN notice.attended_id IS NOT NULL THEN {STANDS}
            ELSE CASE WHEN notice.duty = '' THEN appraisal.stage = notice.stage ELSE owed.id IS NOT NULL END
                AND NOT EXISTS (
                    SELECT FROM task
                    WHERE task.appraisal_id = notice.appraisal_id AND task.duty = notice.duty
                        AND (task.stage = notice.stage OR notice.duty <> '')
                        AND task.closed_sequence > notice.occurrence)
        END AS lasts,
        notice.template NOT IN ('reminder', 'escalation', 'duty_reminder', 'duty_escalation')
            OR notice.due_on IS NOT DISTINCT FROM CASE WHEN notice.duty = '' THEN appraisal.due_on ELSE owed.due_on END
            AS in_time,
        CASE WHEN notice.template IN ('task_opened', 'result_ready', 'nudge', 'duty_opened', 'survey_invited',
                'survey_reminder', 'team_result_asked', 'team_result_reminder') THEN true
            WHEN notice.attended_id IS NOT NULL THEN notice.recipient_id = appraisal.employee_id
            WHEN asked.capacity IS NULL OR (notice.template = ANY (:informing) AND notice.template <> 'deadline_moved')
                THEN notice.recipient_id = appraisal.employee_id
            ELSE notice.recipient_id IN (SELECT holders_of(
                appraisal.employee_id, appraisal.id, appraisal.relations_until, asked.capacity, notice.business_at,
                signers(appraisal.snapshot)))
        END AS own_task,
        notice.template IN ('task_opened', 'reminder', 'nudge', 'duty_opened', 'duty_reminder')
            AND notice.recipient_id NOT IN (SELECT holders_of(
                appraisal.employee_id, appraisal.id, appraisal.relations_until, asked.capacity,
                business_at(cycle.clock, now()), signers(appraisal.snapshot))) AS handed_over,
        CASE WHEN notice.attended_id IS NULL THEN {AWAITS} END AS awaits,
        {OVERTAKEN} AS overtaken,
        {OVER} AS over,
        appraisal.snapshot ->> 'received_on' AS received_on,
        scheme.content #> '{{receipt,deemed_after}}' AS deemed_after
    FROM due
    JOIN notice ON notice.message_id = due.id
        AND notice.state IN ('created', 'held', 'digesting', 'sending', 'temporary_failure')
    JOIN appraisal ON appraisal.id = notice.appraisal_id
    JOIN cycle ON cycle.id = appraisal.cycle_id
    LEFT JOIN attended ON attended.id = notice.attended_id
    LEFT JOIN task AS owed ON owed.appraisal_id = notice.appraisal_id AND owed.duty = notice.duty
        AND owed.duty <> '' AND owed.closed_at IS NULL
    CROSS JOIN LATERAL (SELECT COALESCE(owed.capacity, appraisal.holder) AS capacity) AS asked
    {RULES_OF_RESPONSE}
), judged AS MATERIALIZED (
    SELECT *, CASE
            WHEN overtaken THEN 'overtaken'
            WHEN over THEN 'done'
            WHEN operation_id IS NOT NULL OR informs THEN ''
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
    SELECT DISTINCT ON (message_id, appraisal_id, duty, attended_id, fact) * FROM judged
    CROSS JOIN LATERAL (
        SELECT CASE WHEN informs AND template NOT IN ('finalised', 'changed') THEN template ELSE '' END AS fact
    ) AS told_apart
    WHERE unwanted = ''
    ORDER BY message_id, appraisal_id, duty, attended_id, fact, array_position(ARRAY['finalised', 'result_ready',
        'nudge', 'escalation', 'reminder', 'task_opened', 'handed_over', 'extended', 'superior_plan_set', 'changed',
        'duty_escalation', 'duty_reminder', 'duty_opened', 'statement_given', 'statement_missing',
        'improvement_test_due', 'improvement_reminder', 'survey_reminder', 'survey_invited', 'team_result_reminder',
        'team_result_asked'],
        CAST(template AS text)), id
), placed AS (
    SELECT *, row_number() OVER (PARTITION BY message_id ORDER BY running_due_on NULLS LAST, id) AS place FROM told
), grouped AS (
    SELECT message_id, template, stage, duty, awaits, own_task, count(*) AS count, min(running_due_on) AS earliest_due
    FROM told GROUP BY message_id, template, stage, duty, awaits, own_task
), summed AS (
    SELECT message_id, sum(count) AS total, jsonb_agg(jsonb_build_object('template', template, 'stage', stage,
        'duty', duty, 'awaits', awaits, 'own_task', own_task, 'count', count, 'earliest_due', earliest_due)
        ORDER BY earliest_due NULLS LAST, template, stage, duty, awaits, own_task) AS groups
    FROM grouped GROUP BY message_id
), oldest AS (
    SELECT message_id, jsonb_agg(jsonb_build_object('template', template, 'stage', stage, 'duty', duty,
        'own_task', own_task, 'due_on', running_due_on, 'appraisal_id', appraisal_id, 'awaits', awaits,
        'received_on', received_on, 'deemed_after', deemed_after, 'attended_id', attended_id) ORDER BY place) AS oldest
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
""").bindparams(bindparam("informing", sorted(INFORMING), type_=ARRAY(Text())))  # noqa: S608  # its parts are constants
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
        group["duty"],
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
        case["duty"],
        uuid.UUID(case["attended_id"]) if case["attended_id"] else None,
    )


def _day(day: str | None) -> dt.date | None:
    return dt.date.fromisoformat(day) if day else None


def _act(awaited: str | None) -> Evidence | None:
    return Evidence(awaited) if awaited else None
