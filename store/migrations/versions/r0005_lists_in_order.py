"""The appraisals of a cycle in the order of their list."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_appraisal_cycle_due",
        "appraisal",
        ["cycle_id", sa.text("COALESCE(due_on, 'infinity'::date)"), "id"],
    )


def downgrade() -> None:
    op.drop_index("ix_appraisal_cycle_due", table_name="appraisal")
