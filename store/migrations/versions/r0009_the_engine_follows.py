"""One row a case that says to which event the engine is to follow."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)

# What was put on record by a launch that the engine did not answer is begun with the rest.
BEGIN_ALL = "UPDATE appraisal SET started_at = now() WHERE started_at IS NULL"
BEGUN = """
UPDATE launch_outcome SET outcome = 'started', reason = ''
WHERE outcome = 'failed' AND appraisal_id IS NOT NULL AND reason IN ('engine_busy', 'engine_away', 'engine_refused')
"""

# The workflows of before asked the record in another way; each is ended and followed anew, from where the record is.
FOLLOW_ALL = """
INSERT INTO following (appraisal_id, sequence, marked_at, next_attempt_at, replaces)
SELECT id, sequence, now(), now(), true FROM appraisal WHERE holder IS NOT NULL
"""


def upgrade() -> None:
    op.create_table(
        "following",
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("followed", sa.Integer(), nullable=True),
        sa.Column("wake_at", MOMENT, nullable=True),
        sa.Column("marked_at", MOMENT, nullable=False),
        sa.Column("next_attempt_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("replaces", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("trouble", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("trouble_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "followed IS NULL OR followed <= sequence", name=op.f("ck_following_never_ahead_of_the_record")
        ),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_following_appraisal_id_appraisal")
        ),
        sa.PrimaryKeyConstraint("appraisal_id", name=op.f("pk_following")),
    )
    op.create_index(
        "ix_following_waiting",
        "following",
        ["next_attempt_at"],
        postgresql_where=sa.text("followed IS DISTINCT FROM sequence"),
    )
    op.create_index(
        "ix_following_wake", "following", ["wake_at"], postgresql_where=sa.text("wake_at IS NOT NULL")
    )
    op.create_index(
        "ix_following_trouble", "following", ["appraisal_id"], postgresql_where=sa.text("trouble <> ''")
    )
    op.execute(BEGIN_ALL)
    op.execute(BEGUN)
    op.execute(FOLLOW_ALL)


def downgrade() -> None:
    op.drop_table("following")
