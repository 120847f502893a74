"""The functions of the database come from files: the same text as before, once."""

from alembic import op

from store.functions import install

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

FUNCTIONS = "ab4014c1f922654806b2faa8ed34d6d370646a328f421179c326490f8c6ea2a5"
"""What this revision installed when it was released. A test wants a new revision once the files are others."""


def upgrade() -> None:
    install(op.get_bind())


def downgrade() -> None:
    """The functions stay: the earlier revisions made them with the same text."""
