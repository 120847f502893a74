"""Who holds a capacity at a moment, and records that can only grow."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ASSIGNED = """
CREATE FUNCTION assigned_holder(employee uuid, wanted text, moment timestamptz) RETURNS uuid
LANGUAGE sql STABLE AS $$
    SELECT holder_id FROM assignment
    WHERE employee_id = employee AND capacity = wanted
      AND valid_from <= moment AND (valid_until IS NULL OR valid_until > moment)
    ORDER BY (kind = 'definitive'), valid_from DESC, id
    LIMIT 1
$$
"""

# Whoever set the result is passed over level by level (PP 30/2019 art 59); where the line ends, the personnel
# officers of the agency stand in for its head, so that nothing ever waits on nobody.
HOLDERS = """
CREATE FUNCTION holders_of(employee uuid, wanted text, moment timestamptz, excluded uuid[])
RETURNS SETOF uuid LANGUAGE plpgsql STABLE AS $$
DECLARE
    candidate uuid;
    level integer := 0;
BEGIN
    IF wanted = 'employee' THEN
        RETURN NEXT employee;
        RETURN;
    END IF;
    IF wanted = 'rater' THEN
        candidate := assigned_holder(employee, 'rater', moment);
    ELSIF wanted IN ('rater_superior', 'appeals_officer') THEN
        candidate := assigned_holder(employee, wanted, moment);
        IF candidate IS NULL THEN
            candidate := assigned_holder(assigned_holder(employee, 'rater', moment), 'rater', moment);
        END IF;
        WHILE wanted = 'appeals_officer' AND candidate = ANY (excluded) AND level < 10 LOOP
            candidate := assigned_holder(candidate, 'rater', moment);
            level := level + 1;
        END LOOP;
        IF candidate = employee OR (wanted = 'appeals_officer' AND candidate = ANY (excluded)) THEN
            candidate := NULL;
        END IF;
    END IF;
    IF candidate IS NOT NULL THEN
        RETURN NEXT candidate;
        RETURN;
    END IF;
    RETURN QUERY
        SELECT role_grant.person_id FROM role_grant
        JOIN person ON person.agency_id = role_grant.agency_id
        WHERE person.id = employee AND role_grant.role = 'hr' AND role_grant.person_id <> employee
          AND NOT role_grant.person_id = ANY (excluded);
END
$$
"""

REFUSE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$
"""

APPEND_ONLY = ("event", "document", "attempt")


def upgrade() -> None:
    for statement in (ASSIGNED, HOLDERS, REFUSE):
        op.execute(statement)
    for table in APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    for table in APPEND_ONLY:
        op.execute(f"DROP TRIGGER {table}_is_append_only ON {table}")
    op.execute("DROP FUNCTION refuse_change()")
    op.execute("DROP FUNCTION holders_of(uuid, text, timestamptz, uuid[])")
    op.execute("DROP FUNCTION assigned_holder(uuid, text, timestamptz)")
