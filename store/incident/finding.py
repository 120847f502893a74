"""The parts of SQL that find what is stuck in an agency."""

from store.person.standing import NOT_ACTIVE

# Half-open, in the business time of the case.
_IN_FORCE = "({relation}.valid_until IS NULL OR {relation}.valid_until > waiting.moment)"

# A definitive rater without an end.
_RATED = """EXISTS (
    SELECT FROM assignment AS lasting WHERE lasting.employee_id = {person} AND lasting.capacity = 'rater'
        AND lasting.kind = 'definitive' AND lasting.appraisal_id IS NULL
        AND lasting.valid_from <= waiting.moment AND lasting.valid_until IS NULL)"""

_RATED_BY_EMPLOYEE = """EXISTS (
    SELECT FROM assignment AS back
    WHERE back.employee_id = {person} AND back.holder_id = waiting.employee_id AND back.capacity = 'rater')"""

_STRAY = "{person} IN (SELECT id FROM strays)"

# This is certain without the resolver: somebody is found for an employee who has a lasting rater and no relation of a
# rare kind, none to an official who is ever away or substituted, and none to an official whom the employee rates.
_RATER_IN_DOUBT = f"""waiting.relations_until IS NOT NULL OR NOT {_RATED.format(person="waiting.employee_id")}
    OR EXISTS (
        SELECT FROM assignment AS near
        WHERE near.employee_id = waiting.employee_id AND {_IN_FORCE.format(relation="near")}
            AND (near.capacity <> 'rater' OR near.appraisal_id IS NOT NULL
                OR {_STRAY.format(person="near.holder_id")}
                OR {_RATED_BY_EMPLOYEE.format(person="near.holder_id")}))"""

# A superior is found if the rater has such a rater in turn, who does not rate the employee and did not sign the result.
_SUPERIOR_IN_DOUBT = f"""EXISTS (
    SELECT FROM assignment AS near
    WHERE near.employee_id = waiting.employee_id AND near.capacity = 'rater'
        AND {_IN_FORCE.format(relation="near")}
        AND (NOT {_RATED.format(person="near.holder_id")} OR EXISTS (
            SELECT FROM assignment AS far
            WHERE far.employee_id = near.holder_id AND far.capacity = 'rater'
                AND {_IN_FORCE.format(relation="far")}
                AND ({_STRAY.format(person="far.holder_id")}
                    OR {_RATED_BY_EMPLOYEE.format(person="far.holder_id")}
                    OR far.holder_id = ANY (signers(waiting.snapshot))
                    OR EXISTS (
                        SELECT FROM assignment AS other
                        WHERE other.employee_id = waiting.employee_id AND other.capacity = 'rater'
                            AND other.holder_id = far.holder_id AND {_IN_FORCE.format(relation="other")})))))"""  # noqa: S608  # only constants are put in

_OF_CASE = "waiting.employee_id, waiting.appraisal_id, waiting.relations_until"

# The index of due days comes first. It searches one day past the moment's, since zones are ahead of UTC.
_LAPSED = """COALESCE(appraisal.due_on, 'infinity') <= CAST(cycles.moment AS date) + 1
        AND CAST(appraisal.snapshot -> 'deadline' ->> 'lapsed' AS boolean)"""

# How many steps each deadline of the schemes in use has: its rungs, and the lapse.
_LADDERS = """ladders AS MATERIALIZED (
    SELECT scheme.key AS scheme, stage.key AS stage, deadline.rule ->> 'rule' AS rule,
        1 + jsonb_array_length(scheme.content -> 'ladders' -> (deadline.rule ->> 'ladder') -> 'rungs') AS steps
    FROM scheme
    CROSS JOIN LATERAL jsonb_each(scheme.content -> 'stages') AS stage
    CROSS JOIN LATERAL (VALUES (stage.value -> 'deadline'), (stage.value -> 'after_receipt'),
        (stage.value -> 'later_period'), (stage.value -> 'closed_period')) AS deadline(rule)
    WHERE deadline.rule ->> 'rule' IS NOT NULL
)"""

# People whose e-mail bounces, or who have no e-mail address although a notice was meant for them. A working chat does
# not repair a bad address in the roster, but it reaches a person who has none.
_UNREACHED = """unreached AS MATERIALIZED (
    SELECT person.id AS person_id, contact.bad_since AS since
    FROM contact JOIN person ON person.id = contact.person_id AND person.email = contact.address
    WHERE person.agency_id = :agency AND contact.channel = 'email' AND contact.bad_since IS NOT NULL
    UNION ALL
    SELECT person.id, failed.since
    FROM person CROSS JOIN LATERAL (
        SELECT min(notice.created_at) AS since FROM notice
        WHERE notice.recipient_id = person.id AND notice.channel = 'email' AND notice.state = 'permanent_failure'
            AND NOT notice.rehearsal
    ) AS failed
    WHERE person.agency_id = :agency AND person.email = '' AND failed.since IS NOT NULL AND NOT EXISTS (
        SELECT FROM contact AS way
        WHERE way.person_id = person.id AND way.channel <> 'email' AND way.confirmed_at IS NOT NULL
            AND way.bad_since IS NULL)
)"""

FINDING = f"""cycles AS MATERIALIZED (
    SELECT id, name, clock, business_at(clock, :now) AS moment FROM cycle WHERE agency_id = :agency
), strays AS MATERIALIZED (
    SELECT id FROM person WHERE agency_id = :agency AND {NOT_ACTIVE}
    UNION
    SELECT absence.person_id FROM absence JOIN person ON person.id = absence.person_id WHERE agency_id = :agency
    UNION
    SELECT official_id FROM substitution WHERE agency_id = :agency
), waiting AS (
    SELECT task.appraisal_id, task.capacity, task.opened_at, cycles.moment, appraisal.employee_id,
        appraisal.relations_until, appraisal.snapshot
    FROM task
    JOIN appraisal ON appraisal.id = task.appraisal_id
    JOIN cycles ON cycles.id = appraisal.cycle_id
    WHERE task.closed_at IS NULL AND task.capacity IN ('rater', 'rater_superior', 'appeals_officer')
        AND (task.duty = '' OR NOT EXISTS (
            SELECT FROM task AS other WHERE other.appraisal_id = task.appraisal_id AND other.closed_at IS NULL
                AND other.capacity = task.capacity AND other.duty < task.duty))
), doubtful AS MATERIALIZED (
    SELECT * FROM waiting
    WHERE {_RATER_IN_DOUBT} OR (waiting.capacity <> 'rater' AND {_SUPERIOR_IN_DOUBT})
), {_LADDERS}, {_UNREACHED}, incident AS (
    SELECT CASE
            WHEN waiting.capacity <> 'rater' THEN 'line_ends'
            WHEN official_of({_OF_CASE}, 'rater', waiting.moment) IS NULL THEN 'no_rater'
            ELSE 'line_away'
        END AS kind,
        waiting.opened_at AS since, CAST(waiting.appraisal_id AS text) AS key, waiting.appraisal_id,
        waiting.capacity, CAST(NULL AS uuid) AS operation_id, '' AS code, CAST('{{}}' AS jsonb) AS detail,
        CAST(NULL AS uuid) AS person_id
    FROM doubtful AS waiting
    WHERE (:kind IS NULL OR :kind IN ('no_rater', 'line_away', 'line_ends')) AND NOT EXISTS (
        SELECT FROM responsible({_OF_CASE}, waiting.capacity, waiting.moment, signers(waiting.snapshot)))
    UNION ALL
    SELECT 'rater_disputed', appraisal.entered_at, CAST(appraisal.id AS text), appraisal.id, appraisal.holder,
        NULL, '', '{{}}', NULL
    FROM cycles JOIN appraisal ON appraisal.cycle_id = cycles.id AND appraisal.stage = 'suspended'
    WHERE (:kind IS NULL OR :kind = 'rater_disputed')
        AND CAST(appraisal.snapshot ->> 'disputed' AS boolean)
    UNION ALL
    SELECT 'overdue', last.at, CAST(task.appraisal_id AS text), task.appraisal_id, task.capacity, NULL, '', '{{}}', NULL
    FROM cycles
    JOIN appraisal ON appraisal.cycle_id = cycles.id AND {_LAPSED}
    JOIN task ON task.appraisal_id = appraisal.id AND task.closed_at IS NULL AND task.duty = ''
    JOIN ladders ON ladders.scheme = appraisal.snapshot ->> 'rulebook' AND ladders.stage = appraisal.stage
        AND ladders.rule = appraisal.snapshot -> 'deadline' ->> 'rule'
    CROSS JOIN LATERAL (
        SELECT event.at FROM event
        WHERE event.appraisal_id = appraisal.id AND event.kind IN ('rung_reached', 'lapsed')
        ORDER BY event.sequence DESC LIMIT 1
    ) AS last
    WHERE (:kind IS NULL OR :kind = 'overdue')
        AND CAST(appraisal.snapshot -> 'deadline' ->> 'passed' AS int) >= ladders.steps
    UNION ALL
    SELECT 'bad_address', unreached.since, CAST(unreached.person_id AS text), NULL, NULL, NULL, '', '{{}}',
        unreached.person_id
    FROM unreached
    WHERE :kind IS NULL OR :kind = 'bad_address'
    UNION ALL
    SELECT 'test_missing', business_at(cycles.clock, attended.ended_at), CAST(improvement.appraisal_id AS text),
        improvement.appraisal_id, NULL, NULL, '', '{{}}', NULL
    FROM improvement
    JOIN attended ON attended.id = improvement.id AND attended.ended_at IS NOT NULL
    JOIN cycles ON cycles.id = attended.cycle_id
    WHERE (:kind IS NULL OR :kind = 'test_missing') AND improvement.closed_at IS NULL
    UNION ALL
    SELECT 'time_stands_still', business_at(cycles.clock, following.trouble_at), CAST(following.appraisal_id AS text),
        following.appraisal_id, appraisal.holder, NULL, following.trouble, '{{}}', NULL
    FROM following
    JOIN appraisal ON appraisal.id = following.appraisal_id
    JOIN cycles ON cycles.id = appraisal.cycle_id
    WHERE (:kind IS NULL OR :kind = 'time_stands_still') AND following.trouble <> ''
    UNION ALL
    SELECT 'order_' || item.outcome, business_at(cycles.clock, item.done_at),
        concat_ws(' ', item.appraisal_id, item.operation_id, item.phase), item.appraisal_id, appraisal.holder,
        item.operation_id, item.code, item.detail, NULL
    FROM operation
    JOIN operation_item AS item ON item.operation_id = operation.id AND item.outcome IN ('refused', 'failed')
    JOIN appraisal ON appraisal.id = item.appraisal_id AND appraisal.holder IS NOT NULL
    JOIN cycles ON cycles.id = appraisal.cycle_id
    WHERE operation.agency_id = :agency AND (:kind IS NULL OR :kind = 'order_' || item.outcome)
)"""  # noqa: S608  # only constants are put in
"""Every incident of an agency. What an operation could not do to a case is no incident once the case is closed.

Only the doubtful ones of thousands of open tasks go to the resolver (``responsible``). It costs a thousand times
as much as a check that somebody is there; a test compares with the resolver, so that nothing is missed.
"""
