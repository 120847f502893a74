"""One resolver: who may act as what on an appraisal at a moment, and on whose behalf."""

import sqlalchemy as sa
from alembic import op

from store.migrations.versions import r0002_holders_and_append_only as first
from store.migrations.versions import r0003_rights_and_lists as second

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

IN_FORCE = "valid_from <= moment AND (valid_until IS NULL OR valid_until > moment)"

# Leave of up to a month keeps the post (PP 30/2019 art 28(2)d speaks of more than a month). Months are counted
# in the agency's zone: from 1 March to 1 April is a month there, and longer in UTC, where it begins in February.
# Few have another legal standing than 01, and an index of them alone is read in less than the index of all.
AWAY = f"""(
    EXISTS (
        SELECT FROM absence WHERE absence.person_id = official AND {IN_FORCE}
            AND (absence.kind <> 'leave' OR absence.valid_until > (
                SELECT (absence.valid_from AT TIME ZONE agency.zone + interval '1 month') AT TIME ZONE agency.zone
                FROM person JOIN agency ON agency.id = person.agency_id WHERE person.id = official))
    ) OR EXISTS (
        SELECT FROM person WHERE person.id = official AND person.legal_standing <> '01'
            AND person.legal_standing IN ('02', '03', '04', '07', '13', '20', '98', '99')
    )
)"""  # noqa: S608  # parts of SQL, never input

# What somebody was appointed to for one employee, rather than for all of an official's, comes first.
SUPERIOR = f"""(
    SELECT assignment.holder_id FROM assignment
    WHERE assignment.employee_id = official AND assignment.capacity = 'rater' AND assignment.appraisal_id IS NULL
        AND {IN_FORCE}
    ORDER BY (assignment.kind = 'definitive'), valid_from DESC, id
    LIMIT 1
)"""  # noqa: S608  # parts of SQL, never input

IS_AWAY = f"""
CREATE FUNCTION is_away(official uuid, moment timestamptz) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT {AWAY}
$$
"""

# Nobody stands in for a substitute, and nobody judges his own superior.
CAN_STAND_IN = f"""
CREATE FUNCTION can_stand_in(official uuid, employee uuid, moment timestamptz) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT official <> employee AND NOT {AWAY}
        AND NOT EXISTS (
            SELECT FROM substitution
            WHERE substitution.official_id = official AND substitution.kind <> 'delegated' AND {IN_FORCE})
        AND {SUPERIOR} IS DISTINCT FROM employee
$$
"""  # noqa: S608  # parts of SQL, never input

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

# Of two letters the one that began last counts.
LOOK = f"""SELECT {SUPERIOR} AS superior, {AWAY} AS away, letter.substitute_id, letter.kind
        INTO looked_at
        FROM (SELECT) AS one LEFT JOIN LATERAL (
            SELECT substitution.substitute_id, substitution.kind FROM substitution
            WHERE substitution.official_id = official AND {IN_FORCE}
            ORDER BY valid_from DESC, id DESC LIMIT 1
        ) AS letter ON true"""  # noqa: S608  # parts of SQL, never input

# PP 30/2019 art 46: the direct superior; whoever stands in for him by a letter; where neither can, the next
# superior, level by level. Nobody stands in for a substitute. Whoever may not judge is passed over: the employee,
# whom the employee rates, whoever rates already where the superior is asked for, and whoever set the result where
# an objection is to be decided. Who is away or substituted counts now, also in a closed period.
RESPONSIBLE = f"""
CREATE FUNCTION responsible(
    employee uuid, appraisal uuid, relations_until timestamptz, wanted text, moment timestamptz, excluded uuid[]
) RETURNS TABLE (holder uuid, basis text, on_behalf_of uuid) LANGUAGE plpgsql STABLE ROWS 1 AS $$
DECLARE
    relation record;
    official uuid;
    above_rater uuid;
    stepped_in_for uuid;
    looked_at record;
    tried uuid[] := '{{}}';
    seen uuid[] := '{{}}';
    barred uuid[] := '{{}}';
    until timestamptz := least(moment, relations_until);
BEGIN
    IF wanted = 'employee' THEN
        holder := employee;
        basis := 'self';
        RETURN NEXT;
        RETURN;
    END IF;
    IF wanted IN ('rater', 'rater_superior', 'appeals_officer') IS NOT TRUE THEN
        RETURN;
    END IF;
    IF wanted <> 'rater' THEN
        official := official_of(employee, appraisal, relations_until, 'rater', moment);
        {LOOK};
        above_rater := looked_at.superior;
        IF wanted = 'appeals_officer' THEN
            barred := excluded;
        ELSIF looked_at.away OR looked_at.kind IS NOT NULL OR above_rater = employee THEN
            barred := ARRAY(
                SELECT rating.holder
                FROM responsible(employee, appraisal, relations_until, 'rater', moment, excluded) AS rating);
        ELSIF official IS NOT NULL THEN
            barred := ARRAY[official];
        END IF;
    END IF;

    LOOP
        SELECT assignment.id, assignment.holder_id, assignment.kind INTO relation
        FROM assignment
        WHERE assignment.employee_id = employee AND assignment.capacity = wanted AND (
            (assignment.appraisal_id = appraisal AND {IN_FORCE})
            OR (assignment.appraisal_id IS NULL
                AND valid_from <= until AND (valid_until IS NULL OR valid_until > until)))
            AND assignment.id <> ALL (tried)
        ORDER BY (assignment.appraisal_id IS NULL), (assignment.kind = 'definitive'), valid_from DESC, id
        LIMIT 1;
        official := relation.holder_id;
        EXIT WHEN official IS NULL OR relation.kind = 'definitive';
        IF NOT official = ANY (barred) AND can_stand_in(official, employee, moment) THEN
            holder := official;
            basis := relation.kind;
            SELECT NULLIF(assignment.holder_id, official) INTO on_behalf_of FROM assignment
            WHERE assignment.employee_id = employee AND assignment.capacity = wanted
                AND assignment.appraisal_id IS NULL AND assignment.kind = 'definitive'
                AND valid_from <= until AND (valid_until IS NULL OR valid_until > until)
            ORDER BY valid_from DESC, id LIMIT 1;
            RETURN NEXT;
            RETURN;
        END IF;
        tried := tried || relation.id;
    END LOOP;
    official := COALESCE(official, above_rater);

    -- Relations that run in a circle end where somebody comes a second time.
    WHILE official IS NOT NULL AND NOT official = ANY (seen) LOOP
        {LOOK};
        IF official <> employee AND NOT official = ANY (barred) THEN
            IF looked_at.substitute_id IS NOT NULL AND NOT looked_at.substitute_id = ANY (barred)
                AND can_stand_in(looked_at.substitute_id, employee, moment)
            THEN
                holder := looked_at.substitute_id;
                basis := looked_at.kind;
                on_behalf_of := official;
                RETURN NEXT;
                RETURN;
            END IF;
            -- Whoever delegated can act himself; whoever has an acting official in his place cannot.
            IF NOT looked_at.away AND (looked_at.kind IS NULL OR looked_at.kind = 'delegated')
                AND looked_at.superior IS DISTINCT FROM employee
            THEN
                holder := official;
                basis := CASE WHEN stepped_in_for IS NULL THEN 'definitive' ELSE 'stepping_in' END;
                on_behalf_of := stepped_in_for;
                RETURN NEXT;
                RETURN;
            END IF;
            stepped_in_for := COALESCE(stepped_in_for, official);
        END IF;
        seen := seen || official;
        official := looked_at.superior;
    END LOOP;
END
$$
"""  # noqa: S608  # parts of SQL, never input

# Where nobody can be found, the personnel officers of the agency are told and act: nothing waits on nobody. Whoever
# of them set the result goes on in the rater's place, and does not sign or decide above it.
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
              AND (wanted IN ('rater', 'hr') OR NOT role_grant.person_id = ANY (excluded));
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
    present uuid;
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
        ELSIF person <> employee THEN
            present := (
                SELECT found.holder
                FROM responsible(employee, appraisal, relations_until, capacity, moment, excluded) AS found);
            IF present = person OR (present IS NULL AND person IN (
                SELECT holder
                FROM holders_of(employee, appraisal, relations_until, capacity, moment, excluded) AS holder))
            THEN
                held := held || capacity;
            END IF;
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
    "can_stand_in(uuid, uuid, timestamptz)",
    "official_of(uuid, uuid, timestamptz, text, timestamptz)",
    "is_away(uuid, timestamptz)",
)


def upgrade() -> None:
    for function in FORMER:
        op.execute(f"DROP FUNCTION {function}")
    for statement in (
        IS_AWAY,
        ASSIGNED,
        CAN_STAND_IN,
        OFFICIAL_OF,
        RESPONSIBLE,
        HOLDERS,
        CAPACITIES_HELD,
        REPRESENTED,
    ):
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
