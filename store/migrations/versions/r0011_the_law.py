"""The law as it stands: the agency names who decides at the end of the line, and the functions know it."""

from alembic import op

from store.functions import install
from store.migrations.versions import r0007_who_is_responsible as before

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FUNCTIONS = "8a6802014729c3814fe47f19631c3b82195e69788d27fd3f89ecb99388b7943c"
"""What this revision installed when it was released. A test wants a new revision once the files are others."""

_NEW_FUNCTIONS = (
    "awaits_countersigning(uuid)",
    "top_decider(uuid, timestamptz, uuid[])",
)


def upgrade() -> None:
    _name_top_deciders()
    install(op.get_bind())


def downgrade() -> None:
    _install_those_of_before()
    for signature in _NEW_FUNCTIONS:
        op.execute(f"DROP FUNCTION {signature}")
    _forget_top_deciders()


def _install_those_of_before() -> None:
    for statement in (before.RESPONSIBLE, before.HOLDERS, before.CAPACITIES_HELD):
        op.execute(statement.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))


def _name_top_deciders() -> None:
    _allow_roles("'hr', 'operator', 'top_decider'")


def _forget_top_deciders() -> None:
    op.execute("DELETE FROM role_grant WHERE role = 'top_decider'")
    _allow_roles("'hr', 'operator'")


def _allow_roles(names: str) -> None:
    constraint = op.f("ck_role_grant_known_role")
    op.drop_constraint(constraint, "role_grant", type_="check")
    op.create_check_constraint(constraint, "role_grant", f"role IN ({names})")
