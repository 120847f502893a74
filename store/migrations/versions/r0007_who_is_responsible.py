"""One resolver: who may act as what on an appraisal at a moment, and on whose behalf."""

import sqlalchemy as sa
from alembic import op

from store.migrations.versions import r0002_holders_and_append_only as first
from store.migrations.versions import r0003_rights_and_lists as second

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Leave of up to a month keeps the post (PP 30/2019 art 28(2)d speaks of more than a month).
IS_AWAY = """
CREATE FUNCTION is_away(official uuid, moment timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT FROM absence WHERE absence.person_id = official
            AND absence.valid_from <= moment AND (absence.valid_until IS NULL OR absence.valid_until > moment)
            AND (absence.kind <> 'leave' OR absence.valid_until > absence.valid_from + interval '1 month')
    ) OR EXISTS (
        SELECT FROM person WHERE person.id = official AND person.legal_standing <> '01'
            AND person.legal_standing IN ('02', '03', '04', '07', '13', '20', '98', '99')
    )
$$
"""

# What somebody was appointed to for one employee, rather than for all of an official's, comes first.
ASSIGNED = """
CREATE OR REPLACE FUNCTION assigned_holder(employee uuid, wanted text, moment timestamptz) RETURNS uuid
LANGUAGE sql STABLE AS $$
    SELECT holder_id FROM assignment
    WHERE employee_id = employee AND capacity = wanted AND appraisal_id IS NULL
      AND valid_from <= moment AND (valid_until IS NULL OR valid_until > moment)
    ORDER BY (kind = 'definitive'), valid_from DESC, id
    LIMIT 1
$$
"""

# A relation of the case itself comes before that of the employee, which in a closed period stands still.
OFFICIAL_OF = """
CREATE FUNCTION official_of(
    employee uuid, appraisal uuid, relations_until timestamptz, wanted text, moment timestamptz
) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT holder_id FROM assignment
    WHERE employee_id = employee AND capacity = wanted AND (
        (appraisal_id = appraisal AND valid_from <= moment AND (valid_until IS NULL OR valid_until > moment))
        OR (appraisal_id IS NULL AND valid_from <= least(moment, relations_until)
            AND (valid_until IS NULL OR valid_until > least(moment, relations_until))))
    ORDER BY (appraisal_id IS NULL), (kind = 'definitive'), valid_from DESC, id
    LIMIT 1
$$
"""

# PP 30/2019 art 46: the direct superior; whoever stands in for him by a letter; where neither can, the next
# superior, level by level. Nobody stands in for a substitute. Whoever may not judge is passed over.
RESPONSIBLE = """
CREATE FUNCTION responsible(
    employee uuid, appraisal uuid, relations_until timestamptz, wanted text, moment timestamptz, excluded uuid[]
) RETURNS TABLE (holder uuid, basis text, on_behalf_of uuid) LANGUAGE plpgsql STABLE ROWS 1 AS $$
DECLARE
    official uuid;
    candidate record;
    barred uuid[] := CASE WHEN wanted = 'appeals_officer' THEN excluded ELSE '{}' END;
    seen uuid[] := ARRAY[employee];
    away_official uuid;
    rated_by uuid;
BEGIN
    IF wanted = 'employee' THEN
        holder := employee;
        basis := 'self';
        RETURN NEXT;
        RETURN;
    END IF;
    IF wanted NOT IN ('rater', 'rater_superior', 'appeals_officer') THEN
        RETURN;
    END IF;

    SELECT assignment.holder_id, assignment.kind INTO candidate
    FROM assignment
    WHERE assignment.employee_id = employee AND assignment.capacity = wanted AND (
        (assignment.appraisal_id = appraisal
            AND valid_from <= moment AND (valid_until IS NULL OR valid_until > moment))
        OR (assignment.appraisal_id IS NULL AND valid_from <= least(moment, relations_until)
            AND (valid_until IS NULL OR valid_until > least(moment, relations_until))))
    ORDER BY (assignment.appraisal_id IS NULL), (assignment.kind = 'definitive'), valid_from DESC, id
    LIMIT 1;
    official := candidate.holder_id;
    IF official IS NOT NULL AND candidate.kind <> 'definitive' THEN
        SELECT assignment.holder_id INTO away_official FROM assignment
        WHERE assignment.employee_id = employee AND assignment.capacity = wanted
            AND assignment.appraisal_id IS NULL AND assignment.kind = 'definitive'
            AND valid_from <= least(moment, relations_until)
            AND (valid_until IS NULL OR valid_until > least(moment, relations_until))
        ORDER BY valid_from DESC LIMIT 1;
        IF NOT is_away(official, moment) AND NOT official = ANY (barred) THEN
            holder := official;
            basis := candidate.kind;
            on_behalf_of := NULLIF(away_official, official);
            RETURN NEXT;
            RETURN;
        END IF;
        official := away_official;
        away_official := NULL;
    END IF;

    IF wanted <> 'rater' THEN
        rated_by := official_of(employee, appraisal, relations_until, 'rater', moment);
        IF official IS NULL THEN
            official := assigned_holder(rated_by, 'rater', moment);
        END IF;
        -- Whoever steps in for the rater does not sign as the superior, too.
        IF wanted = 'rater_superior' AND (is_away(rated_by, moment)
            OR EXISTS (SELECT FROM substitution WHERE substitution.official_id = rated_by)) THEN
            barred := barred || ARRAY(
                SELECT present.holder
                FROM responsible(employee, appraisal, relations_until, 'rater', moment, excluded) AS present);
        END IF;
    END IF;

    WHILE official IS NOT NULL LOOP
        EXIT WHEN cardinality(seen) > 16 OR (official = ANY (seen) AND official <> employee);
        IF official <> employee AND NOT official = ANY (barred) THEN
            SELECT substitution.substitute_id, substitution.kind, is_away(official, moment) AS away INTO candidate
            FROM (SELECT) AS one LEFT JOIN LATERAL (
                SELECT * FROM substitution
                WHERE substitution.official_id = official
                    AND valid_from <= moment AND (valid_until IS NULL OR valid_until > moment)
                ORDER BY valid_from DESC, id DESC LIMIT 1
            ) AS substitution ON true;
            IF candidate.substitute_id IS NOT NULL
                AND candidate.substitute_id <> employee
                AND NOT candidate.substitute_id = ANY (barred)
                AND NOT is_away(candidate.substitute_id, moment)
                AND NOT EXISTS (
                    SELECT FROM substitution AS his
                    WHERE his.official_id = candidate.substitute_id AND his.kind <> 'delegated'
                        AND his.valid_from <= moment AND (his.valid_until IS NULL OR his.valid_until > moment))
                AND assigned_holder(candidate.substitute_id, 'rater', moment) IS DISTINCT FROM employee
            THEN
                holder := candidate.substitute_id;
                basis := candidate.kind;
                on_behalf_of := official;
                RETURN NEXT;
                RETURN;
            END IF;
            -- Whoever delegated can act himself; whoever has an acting official in his place cannot.
            IF NOT candidate.away AND (candidate.kind IS NULL OR candidate.kind = 'delegated') THEN
                holder := official;
                basis := CASE WHEN away_official IS NULL THEN 'definitive' ELSE 'stepping_in' END;
                on_behalf_of := away_official;
                RETURN NEXT;
                RETURN;
            END IF;
            away_official := COALESCE(away_official, official);
        END IF;
        EXIT WHEN official = employee AND cardinality(seen) > 1;
        seen := seen || official;
        official := assigned_holder(official, 'rater', moment);
    END LOOP;
END
$$
"""

# Where nobody can be found, the personnel officers of the agency are told and act: nothing waits on nobody.
HOLDERS = """
CREATE FUNCTION holders_of(
    employee uuid, appraisal uuid, relations_until timestamptz, wanted text, moment timestamptz, excluded uuid[]
) RETURNS SETOF uuid LANGUAGE plpgsql STABLE ROWS 2 AS $$
BEGIN
    RETURN QUERY
        SELECT found.holder
        FROM responsible(employee, appraisal, relations_until, wanted, moment, excluded) AS found;
    IF NOT FOUND THEN
        RETURN QUERY
            SELECT role_grant.person_id FROM role_grant
            JOIN person ON person.agency_id = role_grant.agency_id
            WHERE person.id = employee AND role_grant.role = 'hr' AND role_grant.person_id <> employee
              AND NOT role_grant.person_id = ANY (excluded);
    END IF;
END
$$
"""

CAPACITIES_HELD = """
CREATE FUNCTION capacities_held(
    person uuid, employee uuid, appraisal uuid, relations_until timestamptz, wanted text[], moment timestamptz,
    excluded uuid[]
) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    held text[] := '{}';
    capacity text;
BEGIN
    FOREACH capacity IN ARRAY wanted LOOP
        IF capacity = 'employee' THEN
            IF person = employee THEN
                held := held || capacity;
            END IF;
        ELSIF capacity = 'hr' THEN
            IF EXISTS (
                SELECT FROM role_grant JOIN person AS appraised ON appraised.agency_id = role_grant.agency_id
                WHERE appraised.id = employee AND role_grant.person_id = person AND role_grant.role = 'hr'
            ) THEN
                held := held || capacity;
            END IF;
        ELSIF person <> employee AND person IN (
            SELECT holder
            FROM holders_of(employee, appraisal, relations_until, capacity, moment, excluded) AS holder
        ) THEN
            held := held || capacity;
        END IF;
    END LOOP;
    RETURN held;
END
$$
"""

REPRESENTED = """
CREATE FUNCTION represented(
    person uuid, employee uuid, appraisal uuid, relations_until timestamptz, capacity text, moment timestamptz,
    excluded uuid[]
) RETURNS uuid LANGUAGE sql STABLE AS $$
    SELECT found.on_behalf_of
    FROM responsible(employee, appraisal, relations_until, capacity, moment, excluded) AS found
    WHERE found.holder = person
$$
"""

FORMER = (
    "represented(uuid, uuid, text, timestamptz)",
    "capacities_held(uuid, uuid, text[], timestamptz, uuid[])",
    "holders_of(uuid, text, timestamptz, uuid[])",
)
PRESENT = (
    "represented(uuid, uuid, uuid, timestamptz, text, timestamptz, uuid[])",
    "capacities_held(uuid, uuid, uuid, timestamptz, text[], timestamptz, uuid[])",
    "holders_of(uuid, uuid, timestamptz, text, timestamptz, uuid[])",
    "responsible(uuid, uuid, timestamptz, text, timestamptz, uuid[])",
    "official_of(uuid, uuid, timestamptz, text, timestamptz)",
    "is_away(uuid, timestamptz)",
)


def upgrade() -> None:
    for function in FORMER:
        op.execute(f"DROP FUNCTION {function}")
    for statement in (IS_AWAY, ASSIGNED, OFFICIAL_OF, RESPONSIBLE, HOLDERS, CAPACITIES_HELD, REPRESENTED):
        op.execute(statement)
    op.create_index(
        "ix_person_away", "person", ["agency_id", "id"], postgresql_where=sa.text("legal_standing <> '01'")
    )


def downgrade() -> None:
    op.drop_index("ix_person_away", table_name="person", postgresql_where=sa.text("legal_standing <> '01'"))
    for function in PRESENT:
        op.execute(f"DROP FUNCTION {function}")
    op.execute(first.ASSIGNED.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    for statement in (first.HOLDERS, second.CAPACITIES_HELD, second.REPRESENTED):
        op.execute(statement)
    op.execute(f"ALTER FUNCTION {FORMER[-1]} ROWS 2")
