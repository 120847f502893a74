"""The one statement that writes a decision."""

from sqlalchemy import ARRAY, Boolean, Date, DateTime, Integer, Interval, Text, Uuid, bindparam, text

from states.templates import INFORMING

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
        outcome = :outcome, calendar = :calendar, snapshot = CAST(:snapshot AS jsonb), entered_at = :entered_at,
        updated_at = now(),
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
    FROM moved WHERE task.appraisal_id = moved.id AND task.closed_at IS NULL AND task.duty = ANY(:closing)
    RETURNING task.id
), opened AS (
    INSERT INTO task (id, appraisal_id, duty, stage, capacity, opened_at, opened_sequence, due_on)
    SELECT gen_random_uuid(), moved.id, t.duty, :stage, t.capacity, :now, :sequence, t.due_on
    FROM moved, (SELECT count(*) FROM closed) AS after_closing, jsonb_to_recordset(CAST(:opening AS jsonb))
        AS t(duty text, capacity text, due_on date)
), moved_due AS (
    UPDATE task SET due_on = t.due_on
    FROM moved, jsonb_to_recordset(CAST(:staying AS jsonb)) AS t(duty text, due_on date)
    WHERE task.appraisal_id = moved.id AND task.closed_at IS NULL AND task.duty = t.duty
        AND task.due_on IS DISTINCT FROM t.due_on
), ended AS (
    UPDATE deadline SET ended_sequence = d.ended_sequence, lapsed_at = COALESCE(deadline.lapsed_at, d.lapsed_at)
    FROM moved, jsonb_to_recordset(CAST(:stopped AS jsonb))
        AS d(duty text, ended_sequence int, lapsed_at timestamptz)
    WHERE deadline.appraisal_id = moved.id AND deadline.ended_sequence IS NULL AND deadline.duty = d.duty
    RETURNING deadline.sequence
), begun AS (
    INSERT INTO deadline (appraisal_id, sequence, duty, rule, unit, article, statutory, started_on, due_on,
        statutory_on, due_before, lapsed_at, ended_sequence)
    SELECT moved.id, d.sequence, d.duty, d.rule, d.unit, d.article, d.statutory, d.started_on, d.due_on,
        d.statutory_on, d.due_before, d.lapsed_at, d.ended_sequence
    FROM moved, (SELECT count(*) FROM ended) AS after_ending, jsonb_to_recordset(CAST(:deadlines AS jsonb))
        AS d(sequence int, duty text, rule text, unit text, article text, statutory boolean, started_on date,
             due_on date, statutory_on date, due_before date, lapsed_at timestamptz, ended_sequence int)
), silenced AS (
    UPDATE notice SET state = 'cancelled', reason = CASE WHEN :stage = 'cancelled' THEN 'case_cancelled' ELSE 'done' END
    FROM moved
    WHERE notice.appraisal_id = moved.id AND cardinality(:closing) > 0 AND notice.duty = ANY(:closing)
        AND notice.template <> ALL(:informing) AND notice.operation_id IS NULL
        AND notice.attended_id IS NULL
        AND notice.state IN ('created', 'held', 'digesting', 'temporary_failure')
), noticed AS (
    INSERT INTO notice (id, appraisal_id, duty, stage, rule, occurrence, recipient_id, channel, template, due_on,
        rehearsal, operation_id, state, business_at, created_at)
    SELECT gen_random_uuid(), moved.id, n.duty, n.stage, n.rule, n.occurrence, told.recipient, way.channel, n.template,
        n.due_on, cycle.rehearsal, :operation, way.state, n.at, now()
    FROM moved
    JOIN cycle ON cycle.id = moved.cycle_id
    CROSS JOIN jsonb_to_recordset(CAST(:notices AS jsonb))
        AS n(duty text, stage text, rule text, occurrence int, audience text, recipient uuid, template text,
            due_on date, at timestamptz, inbox_only boolean)
    CROSS JOIN LATERAL (
        SELECT n.recipient WHERE n.recipient IS NOT NULL
        UNION ALL
        -- The functions still find the stage of before this statement.
        SELECT holders_of(moved.employee_id, moved.id, moved.relations_until,
            CASE WHEN n.stage = 'countersign' AND n.audience = 'rater_superior' THEN 'countersigner'
                ELSE n.audience END,
            n.at, CAST(:barred AS uuid[])) WHERE n.recipient IS NULL
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
), written AS MATERIALIZED (
    -- Read once: a full plan is long.
    SELECT * FROM jsonb_to_recordset(CAST(:documents AS jsonb))
        AS d(digest text, kind text, author uuid, content jsonb, form text, sent jsonb)
), kept AS (
    INSERT INTO document (digest, appraisal_id, kind, author_id, content, created_at)
    SELECT d.digest, moved.id, d.kind, d.author, d.content, now()
    FROM moved, written AS d
    ON CONFLICT (digest) DO NOTHING
), handed_in AS (
    -- Emptied as `store.draft.repository.remove` does, so that no version of a draft comes twice.
    UPDATE draft SET version = draft.version + 1, content = '{}', saved_at = now()
    FROM moved, written AS d
    WHERE draft.appraisal_id = moved.id AND draft.form = d.form AND draft.author_id = d.author
        AND draft.content <> '{}'
    RETURNING draft.appraisal_id, draft.form, draft.author_id, old.version, old.content,
        old.content IN (d.content -> 'content', d.sent) AS known
), left_over AS (
    -- Another tab may have saved what this one never read: that is kept.
    INSERT INTO draft_aside (id, appraisal_id, form, author_id, based_on, content, kept_at)
    SELECT gen_random_uuid(), appraisal_id, form, author_id, version, content, now() FROM handed_in
    WHERE known IS NOT TRUE
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
    *(bindparam(name, type_=Text()) for name in ("stage", "holder", "outcome", "calendar")),
    *(bindparam(name, type_=Text()) for name in ("command_id", "fingerprint", "snapshot")),
    *(bindparam(name, type_=Text()) for name in ("events", "deadlines", "notices", "evidence", "documents")),
    *(bindparam(name, type_=Text()) for name in ("opening", "staying", "stopped")),
    *(bindparam(name, type_=DateTime(timezone=True)) for name in ("entered_at", "now")),
    bindparam("closing", type_=ARRAY(Text())),
    bindparam("informing", sorted(INFORMING), type_=ARRAY(Text())),
    bindparam("id", type_=Uuid(as_uuid=False)),
    bindparam("operation", type_=Uuid(as_uuid=False)),
    bindparam("barred", type_=ARRAY(Uuid(as_uuid=False))),
    bindparam("due_on", type_=Date()),
    bindparam("told", type_=Boolean()),
    bindparam("wake_at", type_=DateTime(timezone=True)),
    bindparam("grace", type_=Interval()),
)
