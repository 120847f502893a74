"""Which capacities a person holds at a moment of business time, and an index for each list."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# The same mapping as states.clock.Clock.business, so that rights need no second round trip for the clock.
BUSINESS_AT = """
CREATE FUNCTION business_at(clock jsonb, moment timestamptz) RETURNS timestamptz
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
    segment jsonb;
    position integer;
BEGIN
    IF jsonb_array_length(clock) = 0 THEN
        RETURN moment;
    END IF;
    FOR position IN REVERSE jsonb_array_length(clock) - 1 .. 0 LOOP
        segment := clock -> position;
        IF CAST(segment ->> 0 AS timestamptz) <= moment THEN
            RETURN CAST(segment ->> 1 AS timestamptz)
                + (moment - CAST(segment ->> 0 AS timestamptz)) * CAST(segment ->> 2 AS double precision);
        END IF;
    END LOOP;
    RETURN CAST(segment ->> 1 AS timestamptz) - (CAST(segment ->> 0 AS timestamptz) - moment);
END
$$
"""

# Answers only what is asked for: each capacity costs a look at the relations.
CAPACITIES_HELD = """
CREATE FUNCTION capacities_held(
    person uuid, employee uuid, wanted text[], moment timestamptz, excluded uuid[]
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
            SELECT holder FROM holders_of(employee, capacity, moment, excluded) AS holder
        ) THEN
            held := held || capacity;
        END IF;
    END LOOP;
    RETURN held;
END
$$
"""

# Whoever stands in (Plt., Plh., delegated) acts on behalf of the definitive official: both names go on record.
REPRESENTED = """
CREATE FUNCTION represented(person uuid, employee uuid, capacity text, moment timestamptz) RETURNS uuid
LANGUAGE plpgsql STABLE AS $$
DECLARE
    official uuid;
    towards uuid := employee;
BEGIN
    IF NOT EXISTS (
        SELECT FROM assignment WHERE holder_id = person AND kind <> 'definitive'
            AND valid_from <= moment AND (valid_until IS NULL OR valid_until > moment)
    ) THEN
        RETURN NULL;
    END IF;
    IF assigned_holder(employee, capacity, moment) IS NULL AND capacity <> 'rater' THEN
        towards := assigned_holder(employee, 'rater', moment);
        capacity := 'rater';
    END IF;
    IF assigned_holder(towards, capacity, moment) IS DISTINCT FROM person THEN
        RETURN NULL;
    END IF;
    SELECT holder_id INTO official FROM assignment
    WHERE employee_id = towards AND assignment.capacity = represented.capacity AND kind = 'definitive'
        AND valid_from <= moment AND (valid_until IS NULL OR valid_until > moment)
    ORDER BY valid_from DESC LIMIT 1;
    RETURN NULLIF(official, person);
END
$$
"""

SIGNERS = """
CREATE FUNCTION signers(snapshot jsonb) RETURNS uuid[] LANGUAGE sql IMMUTABLE AS $$
    SELECT COALESCE(array_agg(CAST(person AS uuid)), '{}')
    FROM jsonb_array_elements_text(snapshot -> 'result_by') AS person
$$
"""


def upgrade() -> None:
    for statement in (BUSINESS_AT, CAPACITIES_HELD, REPRESENTED, SIGNERS):
        op.execute(statement)
    op.create_index("ix_person_directory", "person", ["agency_id", "name", "id"])
    op.create_index(
        "ix_task_open", "task", ["capacity", "due_on"], postgresql_where=sa.text("closed_at IS NULL")
    )


def downgrade() -> None:
    op.drop_index("ix_task_open", table_name="task", postgresql_where=sa.text("closed_at IS NULL"))
    op.drop_index("ix_person_directory", table_name="person")
    op.execute("DROP FUNCTION signers(jsonb)")
    op.execute("DROP FUNCTION represented(uuid, uuid, text, timestamptz)")
    op.execute("DROP FUNCTION capacities_held(uuid, uuid, text[], timestamptz, uuid[])")
    op.execute("DROP FUNCTION business_at(jsonb, timestamptz)")
