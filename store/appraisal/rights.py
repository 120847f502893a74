"""The parts of SQL that limit every list and detail to what one person may see.

They state who holds which capacity. The caller decides what a capacity may see: it names the capacities that
count (``:seeing``, and also ``:judging`` while an objection is open).
"""

from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import DateTime, Text, Uuid

from store.person.standing import NOT_ACTIVE

CONTESTED = """(appraisal.stage IN ('objected', 'objection_review')
    OR COALESCE(appraisal.snapshot -> 'suspension' ->> 'source', '') IN ('objected', 'objection_review'))"""

WANTED = f"CASE WHEN {CONTESTED} THEN CAST(:seeing AS text[]) || CAST(:judging AS text[]) ELSE :seeing END"

NOW = "business_at(cycle.clock, :now)"

CASE = "appraisal.employee_id, appraisal.id, appraisal.relations_until"
"""The columns of an appraisal that the functions about relations need."""

HELD = f"""capacities_held(
    :person, {CASE}, {WANTED}, {NOW}, signers(appraisal.snapshot))"""
"""The capacities that the person holds on an appraisal now."""

REACH = f"""RECURSIVE me AS (
    SELECT person.id, person.agency_id, EXISTS (
        SELECT FROM role_grant
        WHERE role_grant.person_id = person.id AND role_grant.agency_id = person.agency_id AND role = 'hr'
    ) AS hr, EXISTS (
        SELECT FROM role_grant
        WHERE role_grant.person_id = person.id AND role_grant.agency_id = person.agency_id
            AND role = 'top_decider'
    ) AS top_decider
    FROM person WHERE person.id = :person AND person.agency_id = :agency
), acting AS (
    SELECT id FROM me
    UNION
    SELECT official_id FROM substitution WHERE substitute_id = :person
), below AS (
    SELECT id AS employee_id, 0 AS level FROM acting
    UNION
    SELECT assignment.employee_id,
        CASE WHEN below.level = 0 OR NOT EXISTS (SELECT FROM strays WHERE strays.id = below.employee_id)
            THEN below.level + 1 ELSE below.level END
    FROM below JOIN assignment ON assignment.holder_id = below.employee_id
    WHERE below.level < 2 OR EXISTS (SELECT FROM strays WHERE strays.id = below.employee_id)
), strays AS MATERIALIZED (
    SELECT person.id FROM me JOIN person USING (agency_id) WHERE person.{NOT_ACTIVE}
    UNION
    SELECT person_id FROM absence
    UNION
    SELECT substitution.official_id FROM me JOIN substitution USING (agency_id)
), near AS (
    SELECT id AS employee_id FROM me UNION SELECT employee_id FROM below WHERE level > 0
)"""  # noqa: S608  # put together from constants, all values are bound
"""The employees whose appraisals may concern the person: a cheap superset, found by indexes, verified by HELD.

Raters and their superiors are near, and whoever acts for one; where an official is away (``strays``), his
superior comes a level nearer. Further up, and wherever a top decider stands, only an open objection concerns an
official, or a countersignature that nobody nearer may give.
"""

AS_HR = "(SELECT hr FROM me)"
"""Whether the person is a personnel officer. PostgreSQL does not execute the parts of a query that this excludes."""

NEAR = "appraisal.employee_id = ANY (ARRAY(SELECT employee_id FROM near))"
"""An array, so that appraisals are found by the index of their employees and not by reading all of them."""

TOP_DECIDER = "(SELECT top_decider FROM me)"
"""Whether the agency has named the person to decide where the line ends."""

FAR = f"({TOP_DECIDER} OR EXISTS (SELECT FROM below WHERE level = 2)) AND NOT {NEAR}"
"""Others whom an objection may bring before somebody who rates raters, or before a top decider. Objections are few:
start from these.
"""

SIGNED_ABOVE = f"""({TOP_DECIDER} OR EXISTS (
    SELECT FROM assignment AS rating
    JOIN assignment AS above ON above.employee_id = rating.holder_id AND above.capacity = 'rater'
    WHERE rating.employee_id = appraisal.employee_id AND (
        above.holder_id = ANY (signers(appraisal.snapshot))
        OR above.holder_id IN (SELECT id FROM strays) OR rating.holder_id IN (SELECT id FROM strays))))"""  # noqa: S608  # put together from constants
"""Whether a countersignature may concern somebody far: a cheap superset of the cases in which the superior of the
rater had a part in the result himself.
"""

COUNTERSIGNED = "'countersign' IN (appraisal.stage, appraisal.snapshot -> 'suspension' ->> 'source')"
"""Whether the signature of the rater's superior is awaited, as in `awaits_countersigning`."""

ASKER = (
    bindparam("person", type_=Uuid()),
    bindparam("agency", type_=Uuid()),
    bindparam("now", type_=DateTime(timezone=True)),
    bindparam("seeing", type_=ARRAY(Text())),
    bindparam("judging", type_=ARRAY(Text())),
)
"""The person who asks, the capacities that count, and the real moment."""
