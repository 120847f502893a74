"""The first tables."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("name", name=op.f("uq_agency_name")),
    )
    op.create_table(
        "calendar",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_calendar")),
    )
    op.create_table(
        "scheme",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_scheme")),
    )
    op.create_table(
        "cycle",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("scheme", sa.String(length=80), nullable=False),
        sa.Column("clock", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("rehearsal", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("launched_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "rehearsal OR clock = '[]'::jsonb", name=op.f("ck_cycle_only_a_rehearsal_bends_time")
        ),
        sa.CheckConstraint("year BETWEEN 2019 AND 2044", name=op.f("ck_cycle_year_in_range")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_cycle_agency_id_agency")),
        sa.ForeignKeyConstraint(["scheme"], ["scheme.key"], name=op.f("fk_cycle_scheme_scheme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle")),
        sa.UniqueConstraint("agency_id", "name", name=op.f("uq_cycle_agency_id_name")),
    )
    op.create_index(op.f("ix_cycle_agency_id"), "cycle", ["agency_id"], unique=False)
    op.create_table(
        "unit",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("zone", sa.String(length=40), nullable=False),
        sa.CheckConstraint("parent_id <> id", name=op.f("ck_unit_not_its_own_parent")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_unit_agency_id_agency")),
        sa.ForeignKeyConstraint(["parent_id"], ["unit.id"], name=op.f("fk_unit_parent_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("agency_id", "code", name=op.f("uq_unit_agency_id_code")),
    )
    op.create_index(op.f("ix_unit_agency_id"), "unit", ["agency_id"], unique=False)
    op.create_index(op.f("ix_unit_parent_id"), "unit", ["parent_id"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("nip", sa.String(length=18), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("title_before", sa.String(length=60), nullable=False),
        sa.Column("title_after", sa.String(length=120), nullable=False),
        sa.Column("post", sa.String(length=300), nullable=False),
        sa.Column("post_kind", sa.String(length=4), nullable=False),
        sa.Column("echelon", sa.String(length=4), nullable=False),
        sa.Column("grade", sa.String(length=10), nullable=False),
        sa.Column("employment", sa.String(length=10), nullable=False),
        sa.Column("legal_standing", sa.String(length=4), nullable=False),
        sa.Column("post_since", sa.Date(), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=30), nullable=False),
        sa.CheckConstraint("nip ~ '^[0-9]{18}$'", name=op.f("ck_person_nip_has_18_digits")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_person_agency_id_agency")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_person_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("agency_id", "nip", name=op.f("uq_person_agency_id_nip")),
    )
    op.create_index(op.f("ix_person_agency_id"), "person", ["agency_id"], unique=False)
    op.create_index(op.f("ix_person_unit_id"), "person", ["unit_id"], unique=False)
    op.create_table(
        "appraisal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=24), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("holder", sa.String(length=20), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("head", sa.String(length=64), nullable=False),
        sa.Column("snapshot", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("calendar", sa.String(length=80), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(stage IN ('finalised', 'cancelled')) = (holder IS NULL)",
            name=op.f("ck_appraisal_an_open_stage_has_a_holder"),
        ),
        sa.CheckConstraint(
            "stage <> 'finalised' OR outcome IS NOT NULL", name=op.f("ck_appraisal_finalised_has_an_outcome")
        ),
        sa.CheckConstraint(
            "stage IN ('scheduled', 'plan_drafting', 'plan_review', 'first_half', 'midyear_report', 'midyear_review', 'second_half', 'self_assessment', 'rating', 'moderation', 'feedback_meeting', 'response', 'countersign', 'agreed', 'objected', 'objection_review', 'suspended', 'finalised', 'cancelled')",
            name=op.f("ck_appraisal_known_stage"),
        ),
        sa.CheckConstraint("char_length(head) = 64", name=op.f("ck_appraisal_head_is_a_digest")),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_appraisal_has_begun")),
        sa.ForeignKeyConstraint(["calendar"], ["calendar.key"], name=op.f("fk_appraisal_calendar_calendar")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_appraisal_cycle_id_cycle")),
        sa.ForeignKeyConstraint(["employee_id"], ["person.id"], name=op.f("fk_appraisal_employee_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_appraisal_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal")),
        sa.UniqueConstraint("cycle_id", "employee_id", name=op.f("uq_appraisal_cycle_id_employee_id")),
    )
    op.create_index("ix_appraisal_cycle_stage", "appraisal", ["cycle_id", "stage", "due_on"], unique=False)
    op.create_index(op.f("ix_appraisal_employee_id"), "appraisal", ["employee_id"], unique=False)
    op.create_index(op.f("ix_appraisal_unit_id"), "appraisal", ["unit_id"], unique=False)
    op.create_table(
        "assignment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.String(length=20), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("letter", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "capacity IN ('rater', 'rater_superior', 'appeals_officer')",
            name=op.f("ck_assignment_known_capacity"),
        ),
        sa.CheckConstraint(
            "kind IN ('definitive', 'plt', 'plh', 'delegated', 'stepping_in')",
            name=op.f("ck_assignment_known_kind"),
        ),
        sa.CheckConstraint("holder_id <> employee_id", name=op.f("ck_assignment_nobody_appraises_himself")),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_until >= valid_from",
            name=op.f("ck_assignment_ends_after_it_begins"),
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"], ["person.id"], name=op.f("fk_assignment_employee_id_person")
        ),
        sa.ForeignKeyConstraint(["holder_id"], ["person.id"], name=op.f("fk_assignment_holder_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment")),
    )
    op.create_index(op.f("ix_assignment_employee_id"), "assignment", ["employee_id"], unique=False)
    op.create_index("ix_assignment_holder", "assignment", ["holder_id", "capacity"], unique=False)
    op.create_index(
        "uq_assignment_one_definitive_open",
        "assignment",
        ["employee_id", "capacity"],
        unique=True,
        postgresql_where=sa.text("kind = 'definitive' AND valid_until IS NULL"),
    )
    op.create_table(
        "role_grant",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('hr', 'operator')", name=op.f("ck_role_grant_known_role")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_role_grant_agency_id_agency")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "role", name=op.f("pk_role_grant")),
    )
    op.create_index(op.f("ix_role_grant_agency_id"), "role_grant", ["agency_id"], unique=False)
    op.create_table(
        "attempt",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("trigger", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("command_id", sa.String(length=120), nullable=False),
        sa.Column("request_id", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_attempt_appraisal_id_appraisal")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attempt_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_appraisal_id"), "attempt", ["appraisal_id"], unique=False)
    op.create_index(op.f("ix_attempt_person_id"), "attempt", ["person_id"], unique=False)
    op.create_table(
        "deadline",
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("unit", sa.String(length=12), nullable=False),
        sa.Column("article", sa.String(length=300), nullable=False),
        sa.Column("statutory", sa.Boolean(), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("lapsed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_sequence", sa.Integer(), nullable=True),
        sa.CheckConstraint("due_on >= started_on - 366", name=op.f("ck_deadline_due_day_in_range")),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_deadline_appraisal_id_appraisal")
        ),
        sa.PrimaryKeyConstraint("appraisal_id", "sequence", name=op.f("pk_deadline")),
    )
    op.create_index(
        "uq_deadline_one_running",
        "deadline",
        ["appraisal_id"],
        unique=True,
        postgresql_where=sa.text("ended_sequence IS NULL"),
    )
    op.create_table(
        "document",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("char_length(digest) = 64", name=op.f("ck_document_digest_is_a_digest")),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_document_appraisal_id_appraisal")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_document_author_id_person")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_document")),
    )
    op.create_index("ix_document_appraisal", "document", ["appraisal_id", "created_at"], unique=False)
    op.create_table(
        "event",
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("command_id", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("char_length(hash) = 64", name=op.f("ck_event_hash_is_a_digest")),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_event_actor_id_person")),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_event_appraisal_id_appraisal")
        ),
        sa.PrimaryKeyConstraint("appraisal_id", "sequence", name=op.f("pk_event")),
    )
    op.create_index("ix_event_command", "event", ["appraisal_id", "command_id"], unique=False)
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=24), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("rehearsal", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("business_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("provider_answer", sa.String(length=500), nullable=True),
        sa.CheckConstraint(
            "state IN ('created', 'sending', 'sent', 'temporary_failure', 'permanent_failure', 'cancelled')",
            name=op.f("ck_notice_known_state"),
        ),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_notice_appraisal_id_appraisal")
        ),
        sa.ForeignKeyConstraint(["recipient_id"], ["person.id"], name=op.f("fk_notice_recipient_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint(
            "appraisal_id",
            "stage",
            "rule",
            "occurrence",
            "recipient_id",
            "channel",
            name=op.f("uq_notice_appraisal_id_stage_rule_occurrence_recipient_id_channel"),
        ),
    )
    op.create_index("ix_notice_recipient", "notice", ["recipient_id", "created_at"], unique=False)
    op.create_index(
        "ix_notice_waiting",
        "notice",
        ["next_attempt_at"],
        unique=False,
        postgresql_where=sa.text("state IN ('created', 'sending', 'temporary_failure')"),
    )
    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=24), nullable=False),
        sa.Column("capacity", sa.String(length=20), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_sequence", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_sequence", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "capacity IN ('employee', 'rater', 'rater_superior', 'appeals_officer', 'hr', 'clock')",
            name=op.f("ck_task_known_capacity"),
        ),
        sa.CheckConstraint(
            "stage IN ('scheduled', 'plan_drafting', 'plan_review', 'first_half', 'midyear_report', 'midyear_review', 'second_half', 'self_assessment', 'rating', 'moderation', 'feedback_meeting', 'response', 'countersign', 'agreed', 'objected', 'objection_review', 'suspended', 'finalised', 'cancelled')",
            name=op.f("ck_task_known_stage"),
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (closed_sequence IS NULL)", name=op.f("ck_task_closed_by_an_event")
        ),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_task_appraisal_id_appraisal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint(
            "appraisal_id", "opened_sequence", name=op.f("uq_task_appraisal_id_opened_sequence")
        ),
    )
    op.create_index(
        "uq_task_one_open",
        "task",
        ["appraisal_id"],
        unique=True,
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("uq_task_one_open", table_name="task", postgresql_where=sa.text("closed_at IS NULL"))
    op.drop_table("task")
    op.drop_index(
        "ix_notice_waiting",
        table_name="notice",
        postgresql_where=sa.text("state IN ('created', 'sending', 'temporary_failure')"),
    )
    op.drop_index("ix_notice_recipient", table_name="notice")
    op.drop_table("notice")
    op.drop_index("ix_event_command", table_name="event")
    op.drop_table("event")
    op.drop_index("ix_document_appraisal", table_name="document")
    op.drop_table("document")
    op.drop_index(
        "uq_deadline_one_running", table_name="deadline", postgresql_where=sa.text("ended_sequence IS NULL")
    )
    op.drop_table("deadline")
    op.drop_index(op.f("ix_attempt_person_id"), table_name="attempt")
    op.drop_index(op.f("ix_attempt_appraisal_id"), table_name="attempt")
    op.drop_table("attempt")
    op.drop_index(op.f("ix_role_grant_agency_id"), table_name="role_grant")
    op.drop_table("role_grant")
    op.drop_index(
        "uq_assignment_one_definitive_open",
        table_name="assignment",
        postgresql_where=sa.text("kind = 'definitive' AND valid_until IS NULL"),
    )
    op.drop_index("ix_assignment_holder", table_name="assignment")
    op.drop_index(op.f("ix_assignment_employee_id"), table_name="assignment")
    op.drop_table("assignment")
    op.drop_index(op.f("ix_appraisal_unit_id"), table_name="appraisal")
    op.drop_index(op.f("ix_appraisal_employee_id"), table_name="appraisal")
    op.drop_index("ix_appraisal_cycle_stage", table_name="appraisal")
    op.drop_table("appraisal")
    op.drop_index(op.f("ix_person_unit_id"), table_name="person")
    op.drop_index(op.f("ix_person_agency_id"), table_name="person")
    op.drop_table("person")
    op.drop_index(op.f("ix_unit_parent_id"), table_name="unit")
    op.drop_index(op.f("ix_unit_agency_id"), table_name="unit")
    op.drop_table("unit")
    op.drop_index(op.f("ix_cycle_agency_id"), table_name="cycle")
    op.drop_table("cycle")
    op.drop_table("scheme")
    op.drop_table("calendar")
    op.drop_table("agency")
