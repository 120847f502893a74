"""What the engine attends to beside the cases, who is told of it, and what others said of somebody's work."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "attended",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("told_at", MOMENT, nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "kind IN ('survey', 'team_result', 'improvement')", name=op.f("ck_attended_known_kind")
        ),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_attended_cycle_id_cycle")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attended")),
    )
    op.create_index("ix_attended_cycle_id", "attended", ["cycle_id"])
    op.create_index("ix_attended_due", "attended", ["due_at"], postgresql_where=sa.text("ended_at IS NULL"))
    op.create_index(
        "ix_attended_untold",
        "attended",
        ["id"],
        postgresql_where=sa.text("ended_at IS NULL AND told_at IS NULL"),
    )
    op.add_column("notice", sa.Column("attended_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_notice_attended_id_attended"), "notice", "attended", ["attended_id"], ["id"]
    )
    op.create_index(
        "ix_notice_attended",
        "notice",
        ["attended_id", "recipient_id"],
        postgresql_where=sa.text("attended_id IS NOT NULL"),
    )
    op.create_table(
        "input_result",
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("input", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Float(), nullable=True),
        sa.Column("closed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_input_result_appraisal_id_appraisal")
        ),
        sa.PrimaryKeyConstraint("appraisal_id", "input", name=op.f("pk_input_result")),
    )


def downgrade() -> None:
    op.drop_table("input_result")
    op.drop_column("notice", "attended_id")
    op.drop_table("attended")
