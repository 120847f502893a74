"""What is appraised: content rules of schemes, drafts, evidence, entries, appointments, and what an organisation is said to be."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
GROWING = ("stored_file", "organisation_rating", "distribution_reason")
"""Tables of which no row is ever changed or removed."""

# A predicate is read from the rating that it follows from, so that none can exist without.
RATED = """
CREATE VIEW rated AS
SELECT digest, appraisal_id, author_id, kind, created_at,
    content -> 'outcome' ->> 'predicate' AS predicate,
    content -> 'outcome' ->> 'results' AS results,
    content -> 'outcome' ->> 'behaviour' AS behaviour,
    CAST(content -> 'outcome' ->> 'score' AS numeric) AS score
FROM document WHERE kind IN ('rate', 'result') AND content ? 'outcome'
"""


def upgrade() -> None:
    op.create_table(
        "stored_file",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.CheckConstraint("digest ~ '^[0-9a-f]{64}$'", name=op.f("ck_stored_file_digest_is_sha256")),
        sa.CheckConstraint(
            "octet_length(content) = size", name=op.f("ck_stored_file_size_is_that_of_the_content")
        ),
        sa.CheckConstraint("size BETWEEN 1 AND 10485760", name=op.f("ck_stored_file_size_within_limit")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_stored_file")),
    )
    op.create_table(
        "distribution_reason",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_distribution_reason_cycle_id_cycle")
        ),
        sa.ForeignKeyConstraint(
            ["given_by"], ["person.id"], name=op.f("fk_distribution_reason_given_by_person")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_distribution_reason_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distribution_reason")),
        sa.UniqueConstraint("given_by", "key", name=op.f("uq_distribution_reason_given_by_key")),
    )
    op.create_index(
        "ix_distribution_reason_latest", "distribution_reason", ["cycle_id", "unit_id", "given_at"]
    )
    op.create_table(
        "organisation_rating",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_organisation_rating_cycle_id_cycle")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_organisation_rating_set_by_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_organisation_rating_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_rating")),
        sa.UniqueConstraint("set_by", "key", name=op.f("uq_organisation_rating_set_by_key")),
    )
    op.create_index("ix_organisation_rating_latest", "organisation_rating", ["cycle_id", "unit_id", "set_at"])
    op.create_table(
        "appointment",
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("place", sa.String(length=300), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_appointment_ends_after_it_begins")),
        sa.CheckConstraint("number >= 0", name=op.f("ck_appointment_numbers_from_zero")),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_appointment_appraisal_id_appraisal")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_appointment_set_by_person")),
        sa.PrimaryKeyConstraint("appraisal_id", "revision", "number", name=op.f("pk_appointment")),
    )
    op.create_index(
        "uq_appointment_key",
        "appointment",
        ["appraisal_id", "set_by", "key"],
        unique=True,
        postgresql_where=sa.text("key <> ''"),
    )
    op.create_table(
        "draft",
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.CheckConstraint("version > 0", name=op.f("ck_draft_version_counts_from_one")),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_draft_appraisal_id_appraisal")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_draft_author_id_person")),
        sa.PrimaryKeyConstraint("appraisal_id", "form", "author_id", name=op.f("pk_draft")),
    )
    op.create_table(
        "draft_aside",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(length=40), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.Column("kept_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_draft_aside_appraisal_id_appraisal")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_draft_aside_author_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_aside")),
    )
    op.create_index("ix_draft_aside_draft", "draft_aside", ["appraisal_id", "form", "author_id", "kept_at"])
    op.create_table(
        "entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("capacity", sa.String(length=20), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("addressee_id", sa.Uuid(), nullable=True),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "capacity IN ('employee', 'rater', 'rater_superior', 'appeals_officer', 'appeals_superior', 'hr', 'clock')",
            name=op.f("ck_entry_known_capacity"),
        ),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_entry_appraisal_id_appraisal")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_entry_author_id_person")),
        sa.ForeignKeyConstraint(["addressee_id"], ["person.id"], name=op.f("fk_entry_addressee_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint(
            "appraisal_id", "author_id", "key", name=op.f("uq_entry_appraisal_id_author_id_key")
        ),
    )
    op.create_index("ix_entry_case", "entry", ["appraisal_id", "noted_on", "id"])
    op.create_index(
        "ix_entry_counted",
        "entry",
        ["appraisal_id", "kind"],
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=2000), nullable=True),
        sa.Column("reached", sa.String(length=20), nullable=True),
        sa.Column("reached_at", MOMENT, nullable=True),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "reached IN ('reachable', 'unreachable', 'not_tried')",
            name=op.f("ck_evidence_known_reachability"),
        ),
        sa.CheckConstraint(
            "(address IS NULL) = (reached IS NULL)", name=op.f("ck_evidence_reachability_of_a_link")
        ),
        sa.CheckConstraint("(digest IS NULL) <> (address IS NULL)", name=op.f("ck_evidence_file_or_link")),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_evidence_appraisal_id_appraisal")
        ),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_evidence_author_id_person")),
        sa.ForeignKeyConstraint(
            ["digest"], ["stored_file.digest"], name=op.f("fk_evidence_digest_stored_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint(
            "appraisal_id", "author_id", "key", name=op.f("uq_evidence_appraisal_id_author_id_key")
        ),
    )
    op.create_index("ix_evidence_case", "evidence", ["appraisal_id", "added_at", "id"])
    op.create_table(
        "training_choice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("training", sa.String(length=40), nullable=False),
        sa.Column("weakness", sa.String(length=40), nullable=False),
        sa.Column("chosen_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_training_choice_appraisal_id_appraisal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_choice")),
        sa.UniqueConstraint("appraisal_id", "key", name=op.f("uq_training_choice_appraisal_id_key")),
    )
    op.create_index("ix_training_choice_case", "training_choice", ["appraisal_id", "chosen_at"])
    op.add_column("scheme", sa.Column("content_rules", postgresql.JSONB(), nullable=True))
    for table in GROWING:
        op.execute(
            f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )
    op.execute(RATED)
    # Files are compressed already; kept as they are, a piece of one is read without the rest.
    op.execute("ALTER TABLE stored_file ALTER COLUMN content SET STORAGE EXTERNAL")


def downgrade() -> None:
    op.execute("DROP VIEW rated")
    for table in ("training_choice", "evidence", "entry", "draft_aside", "draft", "appointment"):
        op.drop_table(table)
    for table in GROWING:
        op.drop_table(table)
    op.drop_column("scheme", "content_rules")
