"""The parts of SQL by which every list and detail is cut down to what one person may see.

They state who holds what; what a capacity may see is decided by the caller, which names the capacities that
count (``:seeing``, and ``:judging`` on top while an objection is open).
"""

from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import DateTime, Text, Uuid

CONTESTED = """(appraisal.stage IN ('objected', 'objection_review')
    OR COALESCE(appraisal.snapshot -> 'suspension' ->> 'source', '') IN ('objected', 'objection_review'))"""

WANTED = f"CASE WHEN {CONTESTED} THEN CAST(:seeing AS text[]) || CAST(:judging AS text[]) ELSE :seeing END"

NOW = "business_at(cycle.clock, :now)"

HELD = f"""capacities_held(
    :person, appraisal.employee_id, {WANTED}, {NOW}, signers(appraisal.snapshot))"""
"""The capacities that the person holds on an appraisal now."""

REACH = """me AS (
    SELECT person.id, person.agency_id, EXISTS (
        SELECT FROM role_grant
        WHERE role_grant.person_id = person.id AND role_grant.agency_id = person.agency_id AND role = 'hr'
    ) AS hr
    FROM person WHERE person.id = :person AND person.agency_id = :agency
), direct AS (
    SELECT DISTINCT employee_id FROM assignment WHERE holder_id = :person
), second AS (
    SELECT DISTINCT assignment.employee_id FROM assignment
    JOIN direct ON assignment.holder_id = direct.employee_id WHERE assignment.capacity = 'rater'
), below AS (
    SELECT employee_id FROM second
    UNION
    SELECT assignment.employee_id FROM assignment
    JOIN below ON assignment.holder_id = below.employee_id WHERE assignment.capacity = 'rater'
), reach AS (
    SELECT person.id AS employee_id, true AS near
    FROM person JOIN me ON me.hr AND person.agency_id = me.agency_id
    UNION
    SELECT employee_id, bool_or(near) FROM (
        SELECT id AS employee_id, true AS near FROM me
        UNION ALL SELECT employee_id, true FROM direct
        UNION ALL SELECT employee_id, true FROM second
        UNION ALL SELECT employee_id, false FROM below
    ) AS line WHERE NOT (SELECT hr FROM me) GROUP BY employee_id
)"""
"""Whose appraisals may concern the person at all: a cheap superset, found by indexes, verified by HELD.

Raters and their superiors are near; further up only an open objection concerns an official.
"""

WITHIN_REACH = f"""appraisal.employee_id = me.id OR me.hr
    OR ((reach.near OR {CONTESTED}) AND cardinality({HELD}) > 0)"""

ASKER = (
    bindparam("person", type_=Uuid()),
    bindparam("agency", type_=Uuid()),
    bindparam("now", type_=DateTime(timezone=True)),
    bindparam("seeing", type_=ARRAY(Text())),
    bindparam("judging", type_=ARRAY(Text())),
)
"""Who asks, as which capacities count, and when in real time."""
