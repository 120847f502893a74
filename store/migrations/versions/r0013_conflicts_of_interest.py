"""Who declared a conflict of interest in an appraisal neither rates, countersigns nor decides in it."""

from alembic import op

from store.functions import install

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

FUNCTIONS = "fdd83c85b76b22efe566515fef32b3b610817bf0d5ac59f549a1a7a646565bdd"
"""What this revision installed when it was released. A test wants a new revision once the files are others."""


def upgrade() -> None:
    install(op.get_bind())


def downgrade() -> None:
    """The functions stay: a snapshot of before names nobody who declared a conflict."""
