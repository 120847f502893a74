"""What the public says of a service unit."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "public_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_public_link_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_link")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_public_link_unit_id")),
    )
    op.create_table(
        "public_link_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("link_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["link_id"], ["public_link.id"], name=op.f("fk_public_link_change_link_id_public_link")
        ),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_public_link_change_set_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_link_change")),
        sa.UniqueConstraint("set_by", "key", name=op.f("uq_public_link_change_set_by_key")),
    )
    op.create_index("ix_public_link_change_link_id", "public_link_change", ["link_id"])
    op.create_table(
        "public_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("scheme", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("steps", sa.ARRAY(sa.SmallInteger()), nullable=False),
        sa.ForeignKeyConstraint(["scheme"], ["scheme.key"], name=op.f("fk_public_answer_scheme_scheme")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_public_answer_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_answer")),
    )
    op.create_index("ix_public_answer_unit", "public_answer", ["unit_id", "day"])
    op.create_table(
        "public_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("agency_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'cleared', 'refused')", name=op.f("ck_public_text_known_state")
        ),
        sa.CheckConstraint(
            "(state = 'refused') = (words IS NULL)", name=op.f("ck_public_text_refused_words_are_gone")
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_at IS NULL)", name=op.f("ck_public_text_decided_at_a_moment")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_public_text_agency_id_agency")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_public_text_decided_by_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_public_text_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_text")),
    )
    op.create_index(
        "ix_public_text_waiting",
        "public_text",
        ["agency_id", "id"],
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "ix_public_text_cleared",
        "public_text",
        ["unit_id", "day", "id"],
        postgresql_where=sa.text("state = 'cleared'"),
    )
    op.create_table(
        "public_salt",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_public_salt")),
    )
    op.create_table(
        "public_throttle",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "digest", name=op.f("pk_public_throttle")),
    )


def downgrade() -> None:
    for table in (
        "public_throttle",
        "public_salt",
        "public_text",
        "public_answer",
        "public_link_change",
        "public_link",
    ):
        op.drop_table(table)
