"""What the skills of people came to, so that a unit is counted quickly."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "skill_standing",
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("surveys", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(length=64), nullable=True),
        sa.Column("weak", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("strong", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("known", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_skill_standing_of_a_case_that_began")),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_skill_standing_appraisal_id_appraisal")
        ),
        sa.PrimaryKeyConstraint("appraisal_id", name=op.f("pk_skill_standing")),
    )


def downgrade() -> None:
    op.drop_table("skill_standing")
