"""What the law asks for and the tables did not hold yet."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _contracts()


def downgrade() -> None:
    _without_contracts()


def _contracts() -> None:
    """A PPPK has a contract that ends (PP 49/2018 art 37)."""
    op.add_column("person", sa.Column("contract_until", sa.Date(), nullable=True))


def _without_contracts() -> None:
    op.drop_column("person", "contract_until")
