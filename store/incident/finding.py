"""The parts of SQL that find what is stuck in an agency."""

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

# What can be said without the resolver: somebody is found for whoever has a lasting rater, no relation to an
# official who is ever away or substituted, to one whom he rates himself, or of a kind that is rare.
_RATER_IN_DOUBT = f"""waiting.relations_until IS NOT NULL OR NOT {_RATED.format(person="waiting.employee_id")}
    OR EXISTS (
        SELECT FROM assignment AS near
        WHERE near.employee_id = waiting.employee_id AND {_IN_FORCE.format(relation="near")}
            AND (near.capacity <> 'rater' OR near.appraisal_id IS NOT NULL
                OR {_STRAY.format(person="near.holder_id")}
                OR {_RATED_BY_EMPLOYEE.format(person="near.holder_id")}))"""

# And for whoever's rater has such a rater in turn, who is neither the one who rates nor signed the result.
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
                            AND other.holder_id = far.holder_id AND {_IN_FORCE.format(relation="other")})))))"""  # noqa: S608  # parts of SQL, never input

_OF_CASE = "waiting.employee_id, waiting.appraisal_id, waiting.relations_until"

FINDING = f"""cycles AS MATERIALIZED (
    SELECT id, name, clock, business_at(clock, :now) AS moment FROM cycle WHERE agency_id = :agency
), strays AS MATERIALIZED (
    SELECT id FROM person WHERE agency_id = :agency AND legal_standing <> '01'
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
), doubtful AS MATERIALIZED (
    SELECT * FROM waiting
    WHERE {_RATER_IN_DOUBT} OR (waiting.capacity <> 'rater' AND {_SUPERIOR_IN_DOUBT})
), incident AS (
    SELECT CASE
            WHEN waiting.capacity <> 'rater' THEN 'line_ends'
            WHEN official_of({_OF_CASE}, 'rater', waiting.moment) IS NULL THEN 'no_rater'
            ELSE 'line_away'
        END AS kind,
        waiting.opened_at AS since, CAST(waiting.appraisal_id AS text) AS key, waiting.appraisal_id,
        waiting.capacity, CAST(NULL AS uuid) AS operation_id, '' AS code, CAST('{{}}' AS jsonb) AS detail
    FROM doubtful AS waiting
    WHERE (:kind IS NULL OR :kind IN ('no_rater', 'line_away', 'line_ends')) AND NOT EXISTS (
        SELECT FROM responsible({_OF_CASE}, waiting.capacity, waiting.moment, signers(waiting.snapshot)))
    UNION ALL
    SELECT 'rater_disputed', appraisal.entered_at, CAST(appraisal.id AS text), appraisal.id, appraisal.holder,
        NULL, '', '{{}}'
    FROM cycles JOIN appraisal ON appraisal.cycle_id = cycles.id AND appraisal.stage = 'suspended'
    WHERE (:kind IS NULL OR :kind = 'rater_disputed')
        AND CAST(appraisal.snapshot ->> 'disputed' AS boolean)
    UNION ALL
    SELECT 'order_' || item.outcome, business_at(cycles.clock, item.done_at),
        concat_ws(' ', item.appraisal_id, item.operation_id, item.phase), item.appraisal_id, appraisal.holder,
        item.operation_id, item.code, item.detail
    FROM operation
    JOIN operation_item AS item ON item.operation_id = operation.id AND item.outcome IN ('refused', 'failed')
    JOIN appraisal ON appraisal.id = item.appraisal_id AND appraisal.holder IS NOT NULL
    JOIN cycles ON cycles.id = appraisal.cycle_id
    WHERE operation.agency_id = :agency AND (:kind IS NULL OR :kind = 'order_' || item.outcome)
)"""  # noqa: S608  # parts of SQL, never input
"""Every incident of an agency. What an order could not do to an appraisal that is closed by now is none.

Of thousands of open tasks only the doubtful ones are put to the resolver (``responsible``), which costs a
thousand times as much as to see that somebody is there; that nothing is missed so is tested against it.
"""
