"""Results of years before kinerja was used."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
GROWING = ("earlier_list", "earlier_result")
"""Tables of which no row is ever changed or removed."""


def upgrade() -> None:
    op.create_table(
        "earlier_list",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("given_by", sa.Uuid(), nullable=True),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_earlier_list_agency_id_agency")),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_earlier_list_given_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_list")),
        sa.UniqueConstraint("given_by", "key", name=op.f("uq_earlier_list_given_by_key")),
    )
    op.create_index("ix_earlier_list_agency_id", "earlier_list", ["agency_id"])
    op.create_table(
        "earlier_result",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("list_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("code", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("given_at", MOMENT, nullable=False),
        sa.CheckConstraint("code BETWEEN 1 AND 5", name=op.f("ck_earlier_result_code_of_a_predicate")),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_earlier_result_year_in_range")),
        sa.ForeignKeyConstraint(
            ["list_id"], ["earlier_list.id"], name=op.f("fk_earlier_result_list_id_earlier_list")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_earlier_result_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_earlier_result")),
        sa.UniqueConstraint(
            "list_id", "person_id", "year", name=op.f("uq_earlier_result_list_id_person_id_year")
        ),
    )
    op.create_index("ix_earlier_result_latest", "earlier_result", ["person_id", "year", "given_at"])
    for table in GROWING:
        op.execute(
            f"CREATE TRIGGER {table}_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def downgrade() -> None:
    op.drop_table("earlier_result")
    op.drop_table("earlier_list")
