"""Indexes in the order of the lists, and an estimate by which the planner uses them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

HOLDERS_OF = "holders_of(uuid, text, timestamptz, uuid[])"


def upgrade() -> None:
    op.create_index(
        "ix_appraisal_cycle_due",
        "appraisal",
        ["cycle_id", sa.text("COALESCE(due_on, 'infinity'::date)"), "id"],
    )
    op.create_index("ix_person_roll", "person", ["agency_id", "id"])
    op.drop_index("ix_person_agency_id", table_name="person")
    # Without it the planner expects a thousand holders, and reads everybody to find their names.
    op.execute(f"ALTER FUNCTION {HOLDERS_OF} ROWS 2")


def downgrade() -> None:
    op.execute(f"ALTER FUNCTION {HOLDERS_OF} ROWS 1000")
    op.create_index("ix_person_agency_id", "person", ["agency_id"])
    op.drop_index("ix_person_roll", table_name="person")
    op.drop_index("ix_appraisal_cycle_due", table_name="appraisal")
