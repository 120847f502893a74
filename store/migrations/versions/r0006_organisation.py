"""Acting officials, absences, operations, periods, launch outcomes, and what imports found."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "roster_import",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("counts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("char_length(digest) = 64", name=op.f("ck_roster_import_digest_is_a_digest")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_roster_import_agency_id_agency")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_import")),
    )
    op.create_index("ix_roster_import_list", "roster_import", ["agency_id", "applied_at"], unique=False)
    op.create_table(
        "operation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("change", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("authority", sa.String(length=300), nullable=False),
        sa.Column("requested_by", sa.Uuid(), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("effective_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refusal", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'running', 'paused', 'finished', 'withdrawn', 'refused')",
            name=op.f("ck_operation_known_state"),
        ),
        sa.CheckConstraint(
            "char_length(fingerprint) = 64", name=op.f("ck_operation_fingerprint_is_a_digest")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_operation_agency_id_agency")),
        sa.ForeignKeyConstraint(
            ["requested_by"], ["person.id"], name=op.f("fk_operation_requested_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_operation")),
        sa.UniqueConstraint("agency_id", "key", name=op.f("uq_operation_agency_id_key")),
    )
    op.create_index("ix_operation_list", "operation", ["agency_id", "requested_at", "id"], unique=False)
    op.create_table(
        "roster_finding",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=True),
        sa.Column("import_id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("parameters", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(person_id IS NULL) <> (unit_id IS NULL)",
            name=op.f("ck_roster_finding_about_a_person_or_a_unit"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["agency.id"], name=op.f("fk_roster_finding_agency_id_agency")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["roster_import.id"], name=op.f("fk_roster_finding_import_id_roster_import")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_roster_finding_person_id_person")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_roster_finding_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_finding")),
    )
    op.create_index("ix_roster_finding_agency", "roster_finding", ["agency_id", "cause"], unique=False)
    op.create_index(op.f("ix_roster_finding_import_id"), "roster_finding", ["import_id"], unique=False)
    op.create_index("ix_roster_finding_person", "roster_finding", ["person_id"], unique=False)
    op.create_index("ix_roster_finding_unit", "roster_finding", ["unit_id"], unique=False)
    op.create_table(
        "absence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("letter", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("operation_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind <> 'leave' OR valid_until IS NOT NULL", name=op.f("ck_absence_leave_ends")),
        sa.CheckConstraint(
            "kind IN ('leave', 'study', 'unpaid_leave', 'suspended', 'state_official', 'pre_retirement', 'retired', 'died', 'left')",
            name=op.f("ck_absence_known_kind"),
        ),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_until >= valid_from", name=op.f("ck_absence_ends_after_it_begins")
        ),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_absence_operation_id_operation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    op.create_index("ix_absence_person", "absence", ["person_id", "valid_from"], unique=False)
    op.create_table(
        "launch_outcome",
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("appraisal_id", sa.Uuid(), nullable=True),
        sa.Column("launch_id", sa.String(length=60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(outcome IN ('skipped', 'failed')) = (reason <> '')",
            name=op.f("ck_launch_outcome_what_is_missing_has_a_reason"),
        ),
        sa.CheckConstraint(
            "outcome IN ('started', 'already', 'skipped', 'failed')",
            name=op.f("ck_launch_outcome_known_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_launch_outcome_appraisal_id_appraisal")
        ),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_launch_outcome_cycle_id_cycle")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_launch_outcome_person_id_person")
        ),
        sa.PrimaryKeyConstraint("cycle_id", "person_id", name=op.f("pk_launch_outcome")),
    )
    op.create_index(
        "ix_launch_outcome_list", "launch_outcome", ["cycle_id", "outcome", "person_id"], unique=False
    )
    op.create_table(
        "operation_item",
        sa.Column("operation_id", sa.Uuid(), nullable=False),
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("phase", sa.String(length=10), nullable=False),
        sa.Column("trigger", sa.String(length=40), nullable=False),
        sa.Column("parameters", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("detail", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('pending', 'done', 'refused', 'failed')",
            name=op.f("ck_operation_item_known_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_operation_item_appraisal_id_appraisal")
        ),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_operation_item_operation_id_operation")
        ),
        sa.PrimaryKeyConstraint("operation_id", "appraisal_id", "phase", name=op.f("pk_operation_item")),
    )
    op.create_index("ix_operation_item_appraisal", "operation_item", ["appraisal_id"], unique=False)
    op.create_index(
        "ix_operation_item_outcome",
        "operation_item",
        ["operation_id", "outcome", "appraisal_id"],
        unique=False,
    )
    op.create_table(
        "substitution",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("official_id", sa.Uuid(), nullable=False),
        sa.Column("substitute_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("letter", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("operation_id", sa.Uuid(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "kind = 'plt' OR valid_until IS NOT NULL",
            name=op.f("ck_substitution_only_an_acting_head_is_open_ended"),
        ),
        sa.CheckConstraint("kind IN ('plt', 'plh', 'delegated')", name=op.f("ck_substitution_known_kind")),
        sa.CheckConstraint("letter <> ''", name=op.f("ck_substitution_has_a_basis")),
        sa.CheckConstraint(
            "official_id <> substitute_id", name=op.f("ck_substitution_nobody_stands_in_for_himself")
        ),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_until >= valid_from",
            name=op.f("ck_substitution_ends_after_it_begins"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_substitution_agency_id_agency")),
        sa.ForeignKeyConstraint(
            ["official_id"], ["person.id"], name=op.f("fk_substitution_official_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["operation_id"], ["operation.id"], name=op.f("fk_substitution_operation_id_operation")
        ),
        sa.ForeignKeyConstraint(
            ["substitute_id"], ["person.id"], name=op.f("fk_substitution_substitute_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitution")),
    )
    op.create_index(op.f("ix_substitution_agency_id"), "substitution", ["agency_id"], unique=False)
    op.create_index("ix_substitution_official", "substitution", ["official_id", "valid_from"], unique=False)
    op.create_index(
        "ix_substitution_substitute", "substitution", ["substitute_id", "valid_from"], unique=False
    )
    op.add_column("appraisal", sa.Column("period", sa.Integer(), server_default=sa.text("1"), nullable=False))
    op.add_column("appraisal", sa.Column("period_from", sa.Date(), nullable=True))
    op.add_column("appraisal", sa.Column("period_until", sa.Date(), nullable=True))
    op.add_column("appraisal", sa.Column("relations_until", sa.DateTime(timezone=True), nullable=True))
    op.drop_constraint(op.f("uq_appraisal_cycle_id_employee_id"), "appraisal", type_="unique")
    op.create_unique_constraint(
        op.f("uq_appraisal_cycle_id_employee_id_period"), "appraisal", ["cycle_id", "employee_id", "period"]
    )
    op.add_column(
        "assignment", sa.Column("reason", sa.String(length=2000), server_default="", nullable=False)
    )
    op.add_column("assignment", sa.Column("appraisal_id", sa.Uuid(), nullable=True))
    op.add_column("assignment", sa.Column("operation_id", sa.Uuid(), nullable=True))
    op.create_index(
        "uq_assignment_one_of_a_case",
        "assignment",
        ["appraisal_id", "capacity"],
        unique=True,
        postgresql_where=sa.text("appraisal_id IS NOT NULL AND valid_until IS NULL"),
    )
    op.create_foreign_key(
        op.f("fk_assignment_appraisal_id_appraisal"), "assignment", "appraisal", ["appraisal_id"], ["id"]
    )
    op.create_foreign_key(
        op.f("fk_assignment_operation_id_operation"), "assignment", "operation", ["operation_id"], ["id"]
    )
    op.add_column("notice", sa.Column("operation_id", sa.Uuid(), nullable=True))
    op.create_index(
        "uq_notice_once_an_operation",
        "notice",
        ["operation_id", "recipient_id", "channel"],
        unique=True,
        postgresql_where=sa.text("operation_id IS NOT NULL"),
    )
    op.add_column("unit", sa.Column("merged_into", sa.Uuid(), nullable=True))
    op.add_column("unit", sa.Column("merged_at", sa.DateTime(timezone=True), nullable=True))
    op.create_foreign_key(op.f("fk_unit_merged_into_unit"), "unit", "unit", ["merged_into"], ["id"])
    op.create_check_constraint(op.f("ck_appraisal_periods_count_from_one"), "appraisal", "period >= 1")
    op.create_check_constraint(
        op.f("ck_unit_merged_at_a_moment"), "unit", "(merged_into IS NULL) = (merged_at IS NULL)"
    )
    op.create_foreign_key(
        op.f("fk_notice_operation_id_operation"), "notice", "operation", ["operation_id"], ["id"]
    )
    op.drop_index("uq_assignment_one_definitive_open", table_name="assignment")
    op.create_index(
        "uq_assignment_one_definitive_open",
        "assignment",
        ["employee_id", "capacity"],
        unique=True,
        postgresql_where=sa.text("kind = 'definitive' AND valid_until IS NULL AND appraisal_id IS NULL"),
    )


def downgrade() -> None:

    op.drop_index("uq_assignment_one_definitive_open", table_name="assignment")
    op.execute("DELETE FROM assignment WHERE appraisal_id IS NOT NULL")
    op.create_index(
        "uq_assignment_one_definitive_open",
        "assignment",
        ["employee_id", "capacity"],
        unique=True,
        postgresql_where=sa.text("kind = 'definitive' AND valid_until IS NULL"),
    )
    op.drop_constraint(op.f("fk_notice_operation_id_operation"), "notice", type_="foreignkey")
    op.drop_constraint(op.f("ck_unit_merged_at_a_moment"), "unit", type_="check")
    op.drop_constraint(op.f("ck_appraisal_periods_count_from_one"), "appraisal", type_="check")

    op.drop_constraint(op.f("fk_unit_merged_into_unit"), "unit", type_="foreignkey")
    op.drop_column("unit", "merged_at")
    op.drop_column("unit", "merged_into")
    op.drop_index(
        "uq_notice_once_an_operation",
        table_name="notice",
        postgresql_where=sa.text("operation_id IS NOT NULL"),
    )
    op.drop_column("notice", "operation_id")
    op.drop_constraint(op.f("fk_assignment_operation_id_operation"), "assignment", type_="foreignkey")
    op.drop_constraint(op.f("fk_assignment_appraisal_id_appraisal"), "assignment", type_="foreignkey")
    op.drop_index(
        "uq_assignment_one_of_a_case",
        table_name="assignment",
        postgresql_where=sa.text("appraisal_id IS NOT NULL AND valid_until IS NULL"),
    )
    op.drop_column("assignment", "operation_id")
    op.drop_column("assignment", "appraisal_id")
    op.drop_column("assignment", "reason")
    op.drop_constraint(op.f("uq_appraisal_cycle_id_employee_id_period"), "appraisal", type_="unique")
    op.create_unique_constraint(
        op.f("uq_appraisal_cycle_id_employee_id"), "appraisal", ["cycle_id", "employee_id"]
    )
    op.drop_column("appraisal", "relations_until")
    op.drop_column("appraisal", "period_until")
    op.drop_column("appraisal", "period_from")
    op.drop_column("appraisal", "period")
    op.drop_index("ix_substitution_substitute", table_name="substitution")
    op.drop_index("ix_substitution_official", table_name="substitution")
    op.drop_index(op.f("ix_substitution_agency_id"), table_name="substitution")
    op.drop_table("substitution")
    op.drop_index("ix_operation_item_outcome", table_name="operation_item")
    op.drop_index("ix_operation_item_appraisal", table_name="operation_item")
    op.drop_table("operation_item")
    op.drop_index("ix_launch_outcome_list", table_name="launch_outcome")
    op.drop_table("launch_outcome")
    op.drop_index("ix_absence_person", table_name="absence")
    op.drop_table("absence")
    op.drop_index("ix_roster_finding_unit", table_name="roster_finding")
    op.drop_index("ix_roster_finding_person", table_name="roster_finding")
    op.drop_index(op.f("ix_roster_finding_import_id"), table_name="roster_finding")
    op.drop_index("ix_roster_finding_agency", table_name="roster_finding")
    op.drop_table("roster_finding")
    op.drop_index("ix_operation_list", table_name="operation")
    op.drop_table("operation")
    op.drop_index("ix_roster_import_list", table_name="roster_import")
    op.drop_table("roster_import")
