"""Writes a decision in one statement: events, snapshot, task, deadline, notices, evidence of receipt, the text that
came with it, and the mark that the engine is to follow.
"""

import datetime as dt
import json
from dataclasses import dataclass

from sqlalchemy import ARRAY, Boolean, Date, DateTime, Integer, Interval, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.appraisal import Appraisal
from states.chain import Link, link_text
from states.clock import IDENTITY, Clock
from states.codec import Json, dump_appraisal, dump_event, kind_of
from states.command_keys import OPERATION
from states.events import Acted, Event, Lapsed, Launched, RungReached
from states.evolve import evolve
from states.following import wake_at
from states.rule_context import RuleContext
from states.rules import RungKind
from states.stages import HOLDERS, Capacity, Stage
from states.triggers import Trigger
from store.appraisal.relations import write_relation
from store.receipt.evidence import evidence_of

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
    transaction of its own for a decision that `store.appraisal.relations.writes_relations`.
    """
    after, parameters = _parameters(decision, rules)
    written = await connection.scalar(STATEMENT, parameters)
    if written != 1:
        return None
    for event in decision.events:
        if isinstance(event, Acted) and event.assignee is not None:
            await write_relation(connection, after, event)
    return after


def _operation_of(command_id: str) -> str | None:
    """The operation under whose id a command came, or None for any other command."""
    if not command_id.startswith(OPERATION):
        return None
    return command_id.removeprefix(OPERATION).partition(":")[0]


def _parameters(decision: Decision, rules: RuleContext) -> tuple[Appraisal, Json]:
    after = decision.before
    events: list[Json] = []
    deadlines: list[Json] = []
    notices: list[Json] = []
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
        notices += notices_of(event, after)
        evidence += evidence_of(event, after, rules.calendar)
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
    # A stage that was only passed through opened no task, so there is nothing to say of it.
    notices = [notice for notice in notices if notice["stage"] == after.stage.value]
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


def notices_of(event: Event, after: Appraisal) -> list[Json]:
    """The notices that an event asks for: who is to hear of it, from which template."""
    match event:
        case RungReached():
            return [
                *(
                    _notice(event, after, capacity, event.rung.value, event.name, event.due_on)
                    for capacity in event.audience
                ),
                *_shown_to_those_concerned(event, after),
            ]
        case Acted():
            moved = _notices_of_move(event, after) if event.target is not event.source else []
            return [*moved, *_notices_of_change(event, after)]
        case Lapsed() | Launched():
            return []


def _shown_to_those_concerned(event: RungReached, after: Appraisal) -> list[Json]:
    """Nothing climbs behind the back of the employee or of whoever is late: both see it in the inbox."""
    if event.rung is not RungKind.ESCALATION:
        return []
    concerned = {Capacity.EMPLOYEE, HOLDERS.get(after.stage, Capacity.EMPLOYEE)} - {
        *event.audience,
        Capacity.CLOCK,
    }
    return [
        _notice(event, after, capacity, event.rung.value, event.name, event.due_on) | {"inbox_only": True}
        for capacity in sorted(concerned)
    ]


def _notices_of_move(event: Acted, after: Appraisal) -> list[Json]:
    if event.target is Stage.FINALISED:
        return [_notice(event, after, Capacity.EMPLOYEE, "finalised", event.trigger, None)]
    holder = HOLDERS.get(event.target)
    if holder is None or holder is Capacity.CLOCK or event.target is Stage.SUSPENDED:
        return []
    due_on = after.deadline.due_on if after.deadline else None
    template = "result_ready" if event.target is Stage.RESPONSE else "task_opened"
    return [_notice(event, after, holder, template, event.trigger, due_on)]


def _notices_of_change(event: Acted, after: Appraisal) -> list[Json]:
    """Whoever takes over is told, and the employee whom it concerns; an extension is told to both sides."""
    holder = HOLDERS.get(event.target)
    notices: list[Json] = []
    if event.trigger is Trigger.EXTEND and after.deadline is not None:
        told = [Capacity.EMPLOYEE] if holder is Capacity.HR else [holder, Capacity.EMPLOYEE]
        notices += [
            _notice(event, after, capacity, "extended", event.trigger, after.deadline.due_on)
            for capacity in told
            if capacity is not None
        ]
    if event.assignee and holder and holder is event.assigned_capacity and event.target is event.source:
        handed = _notice(event, after, holder, "handed_over", event.trigger, None)
        notices.append(handed | {"recipient": event.assignee})
    if event.target is not event.source and holder is Capacity.EMPLOYEE:
        # The task that opens tells it.
        return notices
    if event.trigger in _TOLD_TO_EMPLOYEE or (
        event.trigger in (Trigger.REASSIGN, Trigger.NOTE_CHANGE) and event.assigned_capacity is Capacity.RATER
    ):
        notices.append(_notice(event, after, Capacity.EMPLOYEE, "changed", event.trigger, None))
    return notices


_TOLD_TO_EMPLOYEE = frozenset({Trigger.SUSPEND, Trigger.CLOSE_PERIOD, Trigger.ANSWER_DISPUTE})
"""What happens to a case without its employee, who is therefore told. Of a cancelled case nobody hears again: most
are those of people who died or left."""


def _notice(
    event: Event, after: Appraisal, audience: Capacity, template: str, rule: str, due_on: dt.date | None
) -> Json:
    return {
        "stage": after.stage.value,
        "rule": rule,
        "occurrence": after.sequence,
        "audience": audience.value,
        "template": template,
        "due_on": due_on.isoformat() if due_on else None,
        "at": event.at.isoformat(),
        "inbox_only": False,
    }
