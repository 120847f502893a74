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
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("surveys", sa.Integer(), nullable=False),
        sa.Column("counts", sa.Boolean(), nullable=False),
        sa.Column("weak", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("strong", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("known", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_skill_standing_of_a_case_that_began")),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_skill_standing_appraisal_id_appraisal")
        ),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_skill_standing_cycle_id_cycle")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_skill_standing_unit_id_unit")),
        sa.PrimaryKeyConstraint("appraisal_id", name=op.f("pk_skill_standing")),
    )
    op.create_index(
        "ix_skill_standing_unit",
        "skill_standing",
        ["cycle_id", "unit_id"],
        postgresql_where=sa.text("counts"),
    )
    op.create_table(
        "unit_skill",
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("skill", sa.String(length=40), nullable=False),
        sa.Column("known", sa.Integer(), nullable=False),
        sa.Column("weak", sa.Integer(), nullable=False),
        sa.Column("strong", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_unit_skill_cycle_id_cycle")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_skill_unit_id_unit")),
        sa.PrimaryKeyConstraint("cycle_id", "unit_id", "skill", name=op.f("pk_unit_skill")),
    )


def downgrade() -> None:
    op.drop_table("unit_skill")
    op.drop_table("skill_standing")
