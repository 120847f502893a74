"""Writes a decision in one statement: events, snapshot, task, deadline, notices, evidence of receipt, the text that
came with it, and the mark that the engine is to follow.
"""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ARRAY, Boolean, Date, DateTime, Integer, Interval, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.appraisal import Appraisal
from states.chain import Link, link_text
from states.clock import IDENTITY, Clock
from states.codec import Json, dump_appraisal, dump_event, kind_of
from states.command_keys import OPERATION
from states.events import Acted, Event, Lapsed
from states.evolve import evolve
from states.following import wake_at
from states.notices import Notice, notices_of, still_to_tell
from states.receipt_record import receipt_record
from states.rule_context import RuleContext
from states.stages import HOLDERS, Capacity
from states.triggers import Trigger
from store.message.writing import notice_row
from store.receipt.writing import receipt_row

STATEMENT = text("""
WITH RECURSIVE prior AS MATERIALIZED (
    SELECT id, head FROM appraisal
    WHERE id = :id AND sequence = :seen
        AND NOT EXISTS (SELECT FROM event WHERE appraisal_id = :id AND command_id = :command_id)
    FOR NO KEY UPDATE SKIP LOCKED
), happened AS (
    SELECT sequence, actor_id, at, link, CAST(link AS jsonb) AS content
    FROM jsonb_to_recordset(CAST(:events AS jsonb)) AS e(sequence int, actor_id uuid, at timestamptz, link text)
), chain AS (
    SELECT CAST(:seen AS int) AS sequence, CAST(head AS text) AS hash FROM prior
    UNION ALL
    SELECT happened.sequence,
        encode(sha256(convert_to(chain.hash || chr(10) || happened.link, 'UTF8')), 'hex')
    FROM chain JOIN happened ON happened.sequence = chain.sequence + 1
), moved AS (
    UPDATE appraisal
    SET stage = :stage, sequence = :sequence, revision = :revision, holder = :holder, due_on = :due_on,
        outcome = :outcome, snapshot = CAST(:snapshot AS jsonb), entered_at = :entered_at, updated_at = now(),
        head = (SELECT hash FROM chain WHERE chain.sequence = :sequence)
    FROM prior WHERE appraisal.id = prior.id
    RETURNING appraisal.id, employee_id, cycle_id, relations_until
), logged AS (
    INSERT INTO event (appraisal_id, sequence, kind, body, command_id, fingerprint, actor_id, at, recorded_at, hash)
    SELECT moved.id, happened.sequence, content ->> 'kind', content -> 'body', :command_id, :fingerprint,
        actor_id, at, now(), hash
    FROM moved, happened JOIN chain USING (sequence)
), closed AS (
    UPDATE task SET closed_at = :now, closed_sequence = :sequence
    FROM moved WHERE task.appraisal_id = moved.id AND task.closed_at IS NULL AND :left
    RETURNING task.id
), opened AS (
    INSERT INTO task (id, appraisal_id, stage, capacity, opened_at, opened_sequence, due_on)
    SELECT gen_random_uuid(), moved.id, :stage, :task_capacity, :now, :sequence, :due_on
    FROM moved, (SELECT count(*) FROM closed) AS after_closing
    WHERE :left AND CAST(:task_capacity AS text) IS NOT NULL
), moved_due AS (
    UPDATE task SET due_on = :due_on
    FROM moved WHERE task.appraisal_id = moved.id AND task.closed_at IS NULL AND NOT :left
        AND task.due_on IS DISTINCT FROM :due_on
), ended AS (
    UPDATE deadline
    SET ended_sequence = CASE WHEN :replaced THEN CAST(:sequence AS int) END,
        lapsed_at = COALESCE(deadline.lapsed_at, :lapsed_at)
    FROM moved
    WHERE deadline.appraisal_id = moved.id AND deadline.ended_sequence IS NULL
        AND (:replaced OR CAST(:lapsed_at AS timestamptz) IS NOT NULL)
    RETURNING deadline.sequence
), begun AS (
    INSERT INTO deadline (appraisal_id, sequence, rule, unit, article, statutory, started_on, due_on, lapsed_at,
        ended_sequence)
    SELECT moved.id, d.sequence, d.rule, d.unit, d.article, d.statutory, d.started_on, d.due_on, d.lapsed_at,
        d.ended_sequence
    FROM moved, (SELECT count(*) FROM ended) AS after_ending, jsonb_to_recordset(CAST(:deadlines AS jsonb))
        AS d(sequence int, rule text, unit text, article text, statutory boolean, started_on date, due_on date,
             lapsed_at timestamptz, ended_sequence int)
), silenced AS (
    UPDATE notice SET state = 'cancelled', reason = CASE WHEN :stage = 'cancelled' THEN 'case_cancelled' ELSE 'done' END
    FROM moved
    WHERE notice.appraisal_id = moved.id AND :left AND notice.operation_id IS NULL
        AND notice.state IN ('created', 'held', 'digesting', 'temporary_failure')
), noticed AS (
    INSERT INTO notice (id, appraisal_id, stage, rule, occurrence, recipient_id, channel, template, due_on,
        rehearsal, operation_id, state, business_at, created_at)
    SELECT gen_random_uuid(), moved.id, n.stage, n.rule, n.occurrence, told.recipient, way.channel, n.template,
        n.due_on, cycle.rehearsal, :operation, way.state, n.at, now()
    FROM moved
    JOIN cycle ON cycle.id = moved.cycle_id
    CROSS JOIN jsonb_to_recordset(CAST(:notices AS jsonb))
        AS n(stage text, rule text, occurrence int, audience text, recipient uuid, template text, due_on date,
            at timestamptz, inbox_only boolean)
    CROSS JOIN LATERAL (
        SELECT n.recipient WHERE n.recipient IS NOT NULL
        UNION ALL
        SELECT holders_of(moved.employee_id, moved.id, moved.relations_until, n.audience, n.at,
            CAST(:result_by AS uuid[])) WHERE n.recipient IS NULL
    ) AS told
    CROSS JOIN LATERAL (
        SELECT 'inbox' AS channel, 'delivered' AS state
        UNION ALL
        SELECT 'email', 'created' WHERE NOT n.inbox_only
        UNION ALL
        SELECT contact.channel, 'created' FROM contact
        WHERE contact.person_id = told.recipient AND contact.confirmed_at IS NOT NULL AND contact.bad_since IS NULL
            AND NOT n.inbox_only
    ) AS way
    ON CONFLICT DO NOTHING
), evidenced AS (
    INSERT INTO receipt_evidence (id, appraisal_id, revision, level, at, source, channel, recorded_at)
    SELECT gen_random_uuid(), moved.id, e.revision, e.level, e.at, 'event:' || e.sequence, e.channel, now()
    FROM moved, jsonb_to_recordset(CAST(:evidence AS jsonb))
        AS e(sequence int, revision int, level text, at timestamptz, channel text)
), kept AS (
    INSERT INTO document (digest, appraisal_id, kind, author_id, content, created_at)
    SELECT :document_digest, moved.id, :document_kind, :document_author, CAST(:document_content AS jsonb), now()
    FROM moved WHERE CAST(:document_content AS text) IS NOT NULL
    ON CONFLICT (digest) DO NOTHING
), marked AS (
    INSERT INTO following (appraisal_id, sequence, followed, wake_at, marked_at, next_attempt_at)
    SELECT moved.id, :sequence, CASE WHEN :told THEN CAST(:sequence AS int) END, :wake_at, now(), now() + :grace
    FROM moved
    ON CONFLICT (appraisal_id) DO UPDATE
    SET sequence = excluded.sequence, wake_at = excluded.wake_at, trouble = '', trouble_at = NULL,
        followed = CASE WHEN following.replaces THEN following.followed
            ELSE COALESCE(excluded.followed, following.followed) END,
        marked_at = CASE WHEN following.followed = following.sequence
            THEN excluded.marked_at ELSE following.marked_at END,
        next_attempt_at = CASE WHEN following.followed = following.sequence
            THEN excluded.next_attempt_at ELSE following.next_attempt_at END
)
SELECT count(*) FROM moved
""").bindparams(
    *(bindparam(name, type_=Integer()) for name in ("sequence", "seen", "revision")),
    *(bindparam(name, type_=Text()) for name in ("stage", "holder", "task_capacity", "outcome")),
    *(bindparam(name, type_=Text()) for name in ("command_id", "fingerprint", "snapshot")),
    *(bindparam(name, type_=Text()) for name in ("events", "deadlines", "notices", "evidence")),
    *(bindparam(name, type_=DateTime(timezone=True)) for name in ("entered_at", "now", "lapsed_at")),
    *(bindparam(name, type_=Boolean()) for name in ("left", "replaced")),
    bindparam("id", type_=Uuid(as_uuid=False)),
    bindparam("operation", type_=Uuid(as_uuid=False)),
    bindparam("result_by", type_=ARRAY(Uuid(as_uuid=False))),
    bindparam("due_on", type_=Date()),
    *(bindparam(name, type_=Text()) for name in ("document_digest", "document_kind", "document_content")),
    bindparam("document_author", type_=Uuid(as_uuid=False)),
    bindparam("told", type_=Boolean()),
    bindparam("wake_at", type_=DateTime(timezone=True)),
    bindparam("grace", type_=Interval()),
)

GRACE = dt.timedelta(seconds=1)
"""How long whoever recorded something has to tell the engine himself, before a sweeper does."""

# What HR hands over in one case holds for that case: the roster and the other cases stay as they are.
_HAND_OVER_CASE = text("""
WITH ended AS (
    UPDATE assignment SET valid_until = greatest(valid_from, CAST(:at AS timestamptz))
    WHERE appraisal_id = :appraisal AND capacity = :capacity AND valid_until IS NULL
    RETURNING id
)
INSERT INTO assignment (id, employee_id, capacity, holder_id, kind, valid_from, letter, appraisal_id, recorded_at)
SELECT gen_random_uuid(), :employee, :capacity, :holder, 'definitive', :at, '', :appraisal, now()
FROM (SELECT count(*) FROM ended) AS after_ending
""").bindparams(
    bindparam("appraisal", type_=Uuid(as_uuid=False)),
    bindparam("employee", type_=Uuid(as_uuid=False)),
    bindparam("holder", type_=Uuid(as_uuid=False)),
    bindparam("capacity", type_=Text()),
    bindparam("at", type_=DateTime(timezone=True)),
)
# A rater who was the wrong one was so in the agency's records: they are put right, for this case as well.
_CORRECT_RATER = text("""
WITH ended AS (
    UPDATE assignment SET valid_until = greatest(valid_from, CAST(:at AS timestamptz))
    WHERE employee_id = :employee AND capacity = 'rater' AND valid_until IS NULL
        AND (appraisal_id = :appraisal OR (appraisal_id IS NULL AND kind = 'definitive'))
    RETURNING id
)
INSERT INTO assignment (id, employee_id, capacity, holder_id, kind, valid_from, letter, recorded_at)
SELECT gen_random_uuid(), :employee, 'rater', :holder, 'definitive', :at, '', now()
FROM (SELECT count(*) FROM ended) AS after_ending
""").bindparams(
    bindparam("appraisal", type_=Uuid(as_uuid=False)),
    bindparam("employee", type_=Uuid(as_uuid=False)),
    bindparam("holder", type_=Uuid(as_uuid=False)),
    bindparam("at", type_=DateTime(timezone=True)),
)


@dataclass(frozen=True, slots=True)
class Document:
    """A text that becomes an immutable part of the case (see `store.document.repository`)."""

    digest: str
    kind: str
    author: str
    content: Json


@dataclass(frozen=True, slots=True)
class Decision:
    """Events that follow a snapshot, with the command or wake that caused them."""

    before: Appraisal
    events: tuple[Event, ...]
    command_id: str
    fingerprint: str
    now: dt.datetime
    """The business moment of the decision."""
    clock: Clock = IDENTITY
    """The clock of the case's cycle, by which the engine wakes it."""
    document: Document | None = None
    """The text that comes with the command."""
    told: bool = False
    """Whether the engine itself is told by the answer, and need not be told again."""


async def record(connection: AsyncConnection, decision: Decision, rules: RuleContext) -> Appraisal | None:
    """Writes ``decision`` and returns the snapshot after it; None if the record has moved on meanwhile or is being
    written by somebody else, or holds the command already. Nobody is waited for: the caller looks again.

    One statement and so one transaction where the connection is in autocommit mode. The caller opens a
    transaction of its own for a decision that `writes_relations`.
    """
    after, parameters = _parameters(decision, rules)
    written = await connection.scalar(STATEMENT, parameters)
    if written != 1:
        return None
    for event in decision.events:
        if isinstance(event, Acted) and event.assignee is not None:
            await _write_relation(connection, after, event)
    return after


def writes_relations(events: Iterable[Event]) -> bool:
    """Whether recording these events changes who holds a capacity."""
    return any(
        isinstance(event, Acted)
        and event.assignee is not None
        and event.trigger in (Trigger.REASSIGN, Trigger.ANSWER_DISPUTE)
        for event in events
    )


async def _write_relation(connection: AsyncConnection, after: Appraisal, event: Acted) -> None:
    """A noted change has been written by the operation that notes it."""
    parameters = {
        "appraisal": after.id,
        "employee": after.employee,
        "holder": event.assignee,
        "at": event.at,
    }
    if event.trigger is Trigger.REASSIGN:
        await connection.execute(_HAND_OVER_CASE, parameters | {"capacity": event.assigned_capacity})
    elif event.trigger is Trigger.ANSWER_DISPUTE:
        await connection.execute(_CORRECT_RATER, parameters)


def _operation_of(command_id: str) -> str | None:
    """The operation under whose id a command came, or None for any other command."""
    if not command_id.startswith(OPERATION):
        return None
    return command_id.removeprefix(OPERATION).partition(":")[0]


def _parameters(decision: Decision, rules: RuleContext) -> tuple[Appraisal, Json]:
    after = decision.before
    events: list[Json] = []
    deadlines: list[Json] = []
    caused: list[Notice] = []
    evidence: list[Json] = []
    left, replaced, lapsed_at = False, False, None
    for event in decision.events:
        previous, after = after, evolve(after, event)
        link = Link(
            after.id,
            after.sequence,
            kind_of(event),
            dump_event(event),
            decision.command_id,
            decision.fingerprint,
        )
        events.append(
            {
                "sequence": after.sequence,
                "actor_id": event.actor if isinstance(event, Acted) else None,
                "at": event.at.isoformat(),
                "link": link_text(link),
            }
        )
        caused += notices_of(event, after)
        shown = receipt_record(event, after, rules.calendar)
        if shown is not None:
            evidence.append(receipt_row(shown))
        left = left or after.stage is not previous.stage
        if isinstance(event, Lapsed):
            if deadlines:
                deadlines[-1]["lapsed_at"] = event.at.isoformat()
            else:
                lapsed_at = event.at
        if after.deadline is not previous.deadline and isinstance(event, Acted):
            replaced = True
            if deadlines:
                deadlines[-1]["ended_sequence"] = after.sequence
            deadlines += _deadline_row(after, rules)
    notices = [notice_row(notice) for notice in still_to_tell(caused, after)]
    capacity = HOLDERS.get(after.stage)
    document = decision.document
    return (
        after,
        {
            "id": after.id,
            "seen": decision.before.sequence,
            "sequence": after.sequence,
            "stage": after.stage.value,
            "revision": after.revision,
            "holder": capacity.value if capacity else None,
            "task_capacity": capacity.value if capacity and capacity is not Capacity.CLOCK else None,
            "due_on": after.deadline.due_on if after.deadline else None,
            "outcome": after.outcome.value if after.outcome else None,
            "snapshot": json.dumps(dump_appraisal(after)),
            "entered_at": after.entered_at,
            "events": json.dumps(events),
            "deadlines": json.dumps(deadlines),
            "notices": json.dumps(notices),
            "evidence": json.dumps(evidence),
            "command_id": decision.command_id,
            "fingerprint": decision.fingerprint,
            "now": decision.now,
            "left": left,
            "replaced": replaced,
            "lapsed_at": lapsed_at,
            "result_by": list(after.result_by),
            "operation": _operation_of(decision.command_id),
            "document_digest": document.digest if document else None,
            "document_kind": document.kind if document else None,
            "document_author": document.author if document else None,
            "document_content": json.dumps(document.content, ensure_ascii=False) if document else None,
            "told": decision.told,
            "wake_at": wake_at(after, rules, decision.clock, decision.now),
            "grace": GRACE,
        },
    )


def _deadline_row(after: Appraisal, rules: RuleContext) -> list[Json]:
    rule = rules.running_rule(after)
    if after.deadline is None or rule is None:
        return []
    return [
        {
            "sequence": after.sequence,
            "rule": rule.rule,
            "unit": rule.unit.value,
            "article": rule.article,
            "statutory": rule.statutory,
            "started_on": after.deadline.started_on.isoformat(),
            "due_on": after.deadline.due_on.isoformat(),
            "lapsed_at": None,
            "ended_sequence": None,
        }
    ]
