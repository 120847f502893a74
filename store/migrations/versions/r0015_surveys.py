"""Closed surveys of peers and subordinates."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "survey",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("cycle_id", sa.Uuid(), nullable=False),
        sa.Column("input", sa.String(length=40), nullable=False),
        sa.Column("scheme", sa.String(length=80), nullable=False),
        sa.Column("post", sa.String(length=300), server_default=sa.text("''"), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=True),
        sa.Column("outcome", sa.String(length=10), server_default=sa.text("''"), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=True),
        sa.Column("damaged", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("closed_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('planned', 'open', 'extended', 'closed')", name=op.f("ck_survey_known_state")
        ),
        sa.CheckConstraint(
            "outcome IN ('', 'counted', 'too_few', 'case_over')", name=op.f("ck_survey_known_outcome")
        ),
        sa.CheckConstraint(
            "(state = 'closed') = (outcome <> '')", name=op.f("ck_survey_closed_with_an_outcome")
        ),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_survey_closed_at_a_moment")
        ),
        sa.CheckConstraint(
            "(state IN ('open', 'extended')) = (wrapped_key IS NOT NULL)",
            name=op.f("ck_survey_a_key_while_it_is_open"),
        ),
        sa.CheckConstraint(
            "(outcome = 'counted') = (answers IS NOT NULL)", name=op.f("ck_survey_counted_answers")
        ),
        sa.ForeignKeyConstraint(["id"], ["attended.id"], name=op.f("fk_survey_id_attended")),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_survey_appraisal_id_appraisal")
        ),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_survey_cycle_id_cycle")),
        sa.ForeignKeyConstraint(["scheme"], ["scheme.key"], name=op.f("fk_survey_scheme_scheme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey")),
        sa.UniqueConstraint("appraisal_id", "input", name=op.f("uq_survey_appraisal_id_input")),
    )
    op.create_index("ix_survey_cycle", "survey", ["cycle_id", "id"])
    op.create_table(
        "survey_invitation",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("asked_as", sa.String(length=12), nullable=False),
        sa.Column("invited_by", sa.String(length=5), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("answered", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=True),
        sa.CheckConstraint(
            "asked_as IN ('peers', 'subordinates')", name=op.f("ck_survey_invitation_known_group")
        ),
        sa.CheckConstraint(
            "invited_by IN ('rule', 'hr', 'rater')", name=op.f("ck_survey_invitation_known_inviter")
        ),
        sa.CheckConstraint(
            "answered = (key IS NOT NULL)", name=op.f("ck_survey_invitation_answered_under_a_key")
        ),
        sa.ForeignKeyConstraint(
            ["survey_id"], ["survey.id"], name=op.f("fk_survey_invitation_survey_id_survey")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_survey_invitation_person_id_person")
        ),
        sa.PrimaryKeyConstraint("survey_id", "person_id", name=op.f("pk_survey_invitation")),
    )
    op.create_index(
        "ix_survey_invitation_waiting",
        "survey_invitation",
        ["person_id"],
        postgresql_where=sa.text("NOT withdrawn AND NOT answered"),
    )
    op.create_table(
        "survey_ballot",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("octet_length(sealed) = 4096", name=op.f("ck_survey_ballot_one_size")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_ballot_survey_id_survey")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_ballot")),
    )
    op.create_index("ix_survey_ballot_survey_id", "survey_ballot", ["survey_id"])
    op.create_table(
        "survey_mean",
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("of_group", sa.String(length=12), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("answers", sa.Integer(), nullable=False),
        sa.Column("mean", sa.Float(), nullable=False),
        sa.CheckConstraint(
            "of_group IN ('all', 'peers', 'subordinates')", name=op.f("ck_survey_mean_known_group")
        ),
        sa.CheckConstraint("answers >= 3", name=op.f("ck_survey_mean_never_of_fewer_than_three")),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_mean_survey_id_survey")),
        sa.PrimaryKeyConstraint("survey_id", "of_group", "item", name=op.f("pk_survey_mean")),
    )
    op.create_table(
        "survey_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("survey_id", sa.Uuid(), nullable=False),
        sa.Column("question", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["survey_id"], ["survey.id"], name=op.f("fk_survey_text_survey_id_survey")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_text")),
    )
    op.create_index("ix_survey_text_survey_id", "survey_text", ["survey_id"])


def downgrade() -> None:
    for table in ("survey_text", "survey_mean", "survey_ballot", "survey_invitation", "survey"):
        op.drop_table(table)
