"""Teams, their members and their results."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "team",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("task", sa.String(length=1000), nullable=False),
        sa.Column("input", sa.String(length=40), nullable=False),
        sa.Column("leader_id", sa.Uuid(), nullable=False),
        sa.Column("absent_at", MOMENT, nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_team_cycle_id_cycle")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_team_unit_id_unit")),
        sa.ForeignKeyConstraint(["leader_id"], ["person.id"], name=op.f("fk_team_leader_id_person")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_team_created_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("created_by", "key", name=op.f("uq_team_created_by_key")),
    )
    op.create_index("ix_team_cycle", "team", ["cycle_id", "name", "id"])
    op.create_index("ix_team_unit_id", "team", ["unit_id"])
    op.create_index("ix_team_leader_id", "team", ["leader_id"])
    op.create_table(
        "team_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("key", sa.String(length=160), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.CheckConstraint("last_day >= first_day - 1", name=op.f("ck_team_member_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_member_team_id_team")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_team_member_person_id_person")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_team_member_added_by_person")),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_team_member_ended_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_member")),
        sa.UniqueConstraint("added_by", "key", name=op.f("uq_team_member_added_by_key")),
    )
    op.create_index("ix_team_member_team", "team_member", ["team_id", "first_day"])
    op.create_index("ix_team_member_person", "team_member", ["person_id", "team_id"])
    op.create_table(
        "team_result",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("team_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("achieved", sa.String(length=2000), nullable=False),
        sa.Column("reason", sa.String(length=2000), nullable=False),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("set_at", MOMENT, nullable=False),
        sa.Column("set_on", MOMENT, nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_team_result_team_id_team")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_team_result_set_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team_result")),
        sa.UniqueConstraint("set_by", "key", name=op.f("uq_team_result_set_by_key")),
    )
    op.create_index("ix_team_result_latest", "team_result", ["team_id", "set_at"])
    op.execute(
        "CREATE TRIGGER team_result_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON team_result "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    op.drop_table("team_result")
    op.drop_table("team_member")
    op.drop_table("team")
