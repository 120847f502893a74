"""Times to improve after a poor result."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "improvement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("rulebook", sa.String(length=80), nullable=False),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("result", sa.String(length=64), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_improvement_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["id"], ["attended.id"], name=op.f("fk_improvement_id_attended")),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_improvement_appraisal_id_appraisal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement")),
        sa.UniqueConstraint("appraisal_id", name=op.f("uq_improvement_appraisal_id")),
    )
    op.create_index(
        "ix_improvement_running", "improvement", ["id"], postgresql_where=sa.text("closed_at IS NULL")
    )
    op.create_table(
        "improvement_outcome",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("improvement_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("letter", sa.String(length=200), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.CheckConstraint("kind IN ('test', 'end', 'left')", name=op.f("ck_improvement_outcome_known_kind")),
        sa.CheckConstraint(
            "(kind = 'test') = (held_on IS NOT NULL)", name=op.f("ck_improvement_outcome_a_test_has_a_day")
        ),
        sa.CheckConstraint(
            "(kind = 'test') = (passed IS NOT NULL)",
            name=op.f("ck_improvement_outcome_a_test_has_an_outcome"),
        ),
        sa.CheckConstraint(
            "(kind = 'left') = (by_id IS NULL)",
            name=op.f("ck_improvement_outcome_the_clock_notes_who_left"),
        ),
        sa.ForeignKeyConstraint(
            ["improvement_id"],
            ["improvement.id"],
            name=op.f("fk_improvement_outcome_improvement_id_improvement"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_improvement_outcome_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_outcome")),
        sa.UniqueConstraint(
            "improvement_id", "revision", name=op.f("uq_improvement_outcome_improvement_id_revision")
        ),
        sa.UniqueConstraint("improvement_id", "key", name=op.f("uq_improvement_outcome_improvement_id_key")),
    )
    op.create_table(
        "improvement_watch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seen_until", MOMENT, nullable=False),
        sa.Column("seen_case", sa.Uuid(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_improvement_watch_only_one")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_improvement_watch")),
    )
    op.execute(
        "INSERT INTO improvement_watch (id, seen_until, seen_case) "
        "VALUES (1, '1970-01-01', '00000000-0000-0000-0000-000000000000')"
    )
    op.create_index(
        "ix_appraisal_final",
        "appraisal",
        ["updated_at", "id"],
        postgresql_where=sa.text("stage = 'finalised'"),
    )


def downgrade() -> None:
    op.drop_index("ix_appraisal_final", table_name="appraisal")
    op.drop_table("improvement_watch")
    op.drop_table("improvement_outcome")
    op.drop_table("improvement")
