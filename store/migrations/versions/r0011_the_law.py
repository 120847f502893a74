"""The law as it stands: what is owed beside a stage, the days that it gives, who had a part, who decides at last."""

import sqlalchemy as sa
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

STAGES_OF_BEFORE = (
    "scheduled",
    "plan_drafting",
    "plan_review",
    "first_half",
    "midyear_report",
    "midyear_review",
    "second_half",
    "self_assessment",
    "rating",
    "moderation",
    "feedback_meeting",
    "response",
    "countersign",
    "agreed",
    "objected",
    "objection_review",
    "suspended",
    "finalised",
    "cancelled",
)
STAGES = (*STAGES_OF_BEFORE, "plan_screening", "reporting")
CAPACITIES_OF_BEFORE = ("employee", "rater", "rater_superior", "appeals_officer", "hr", "clock")
CAPACITIES = (*CAPACITIES_OF_BEFORE, "appeals_superior")
ABSENCES_OF_BEFORE = (
    "leave",
    "study",
    "unpaid_leave",
    "suspended",
    "state_official",
    "pre_retirement",
    "retired",
    "died",
    "left",
)
ABSENCES = (*ABSENCES_OF_BEFORE, "secondment")

OPEN_TASK = sa.text("closed_at IS NULL")
RUNNING = sa.text("ended_sequence IS NULL")
NOTICE_OF_BEFORE = "uq_notice_appraisal_id_stage_rule_occurrence_recipient_id_channel"
NOTICE = ("appraisal_id", "stage", "rule", "occurrence", "recipient_id", "channel")

# Whoever set, confirmed or signed a result decides no objection, however the case went on. First come, first listed.
EVERYBODY_WHO_TOUCHED = """
WITH touched AS (
    SELECT event.appraisal_id, who.person, min(event.sequence * 2 + who.place) AS place
    FROM event
    CROSS JOIN LATERAL (VALUES (0, body ->> 'actor'), (1, body ->> 'on_behalf_of')) AS who(place, person)
    WHERE event.kind = 'acted' AND body ->> 'actor' IS NOT NULL AND who.person IS NOT NULL
        AND body ->> 'trigger' IN ('rate', 'confirm_rating', 'deliver_result', 'countersign', 'change_result')
    GROUP BY event.appraisal_id, who.person
), listed AS (
    SELECT appraisal_id, jsonb_agg(person ORDER BY place) AS people FROM touched GROUP BY appraisal_id
)
UPDATE appraisal SET snapshot = jsonb_set(snapshot, '{result_by}', listed.people)
FROM listed WHERE listed.appraisal_id = appraisal.id AND snapshot -> 'result_by' IS DISTINCT FROM listed.people
"""
PERIODS_THAT_WERE_CLOSED = """
UPDATE appraisal SET snapshot = jsonb_set(snapshot, '{period_closed}', 'true')
WHERE EXISTS (
    SELECT FROM event
    WHERE event.appraisal_id = appraisal.id AND event.kind = 'acted' AND body ->> 'trigger' = 'close_period')
"""

SAID_AT_ONCE = """
DELETE FROM notice USING notice AS other
WHERE (notice.appraisal_id, notice.stage, notice.rule, notice.occurrence, notice.recipient_id, notice.channel)
    = (other.appraisal_id, other.stage, other.rule, other.occurrence, other.recipient_id, other.channel)
    AND notice.id > other.id
"""
"""Before, one event told a person one thing."""


def upgrade() -> None:
    _know(STAGES, CAPACITIES, ABSENCES)
    _tell_duties_apart()
    _keep_the_day_of_the_law()
    op.execute(EVERYBODY_WHO_TOUCHED)
    op.execute(PERIODS_THAT_WERE_CLOSED)
    _contracts()
    _name_top_deciders()
    install(op.get_bind())


def downgrade() -> None:
    """Refused while a case stands in a stage that 0010 does not know. The snapshots keep what the events say."""
    _install_those_of_before()
    for signature in _NEW_FUNCTIONS:
        op.execute(f"DROP FUNCTION {signature}")
    _forget_top_deciders()
    _without_contracts()
    op.drop_column("deadline", "due_before")
    op.drop_column("deadline", "statutory_on")
    _forget_duties()
    _know(STAGES_OF_BEFORE, CAPACITIES_OF_BEFORE, ABSENCES_OF_BEFORE)


def _know(stages: tuple[str, ...], capacities: tuple[str, ...], absences: tuple[str, ...]) -> None:
    for table, name, column, values in (
        ("appraisal", "known_stage", "stage", stages),
        ("task", "known_stage", "stage", stages),
        ("task", "known_capacity", "capacity", capacities),
        ("absence", "known_kind", "kind", absences),
    ):
        constraint = op.f(f"ck_{table}_{name}")
        op.drop_constraint(constraint, table, type_="check")
        op.create_check_constraint(constraint, table, f"{column} IN {values}")


def _tell_duties_apart() -> None:
    for table in ("task", "deadline", "notice"):
        op.add_column(
            table, sa.Column("duty", sa.String(length=24), server_default=sa.text("''"), nullable=False)
        )
    op.drop_constraint(op.f("uq_task_appraisal_id_opened_sequence"), "task", type_="unique")
    op.create_unique_constraint(
        op.f("uq_task_appraisal_id_opened_sequence_duty"), "task", ["appraisal_id", "opened_sequence", "duty"]
    )
    _one_open_for("appraisal_id", "duty")
    op.drop_constraint(op.f("pk_deadline"), "deadline", type_="primary")
    op.create_primary_key(op.f("pk_deadline"), "deadline", ["appraisal_id", "sequence", "duty"])
    op.drop_constraint(op.f(NOTICE_OF_BEFORE), "notice", type_="unique")
    op.create_unique_constraint("uq_notice_once", "notice", [*NOTICE, "template", "duty"])


def _forget_duties() -> None:
    for table in ("task", "deadline", "notice"):
        op.execute(f"DELETE FROM {table} WHERE duty <> ''")  # noqa: S608  # the names above
    op.drop_constraint("uq_notice_once", "notice", type_="unique")
    op.execute(SAID_AT_ONCE)
    op.create_unique_constraint(op.f(NOTICE_OF_BEFORE), "notice", list(NOTICE))
    op.drop_constraint(op.f("pk_deadline"), "deadline", type_="primary")
    op.create_primary_key(op.f("pk_deadline"), "deadline", ["appraisal_id", "sequence"])
    _one_open_for("appraisal_id")
    op.drop_constraint(op.f("uq_task_appraisal_id_opened_sequence_duty"), "task", type_="unique")
    op.create_unique_constraint(
        op.f("uq_task_appraisal_id_opened_sequence"), "task", ["appraisal_id", "opened_sequence"]
    )
    for table in ("task", "deadline", "notice"):
        op.drop_column(table, "duty")


def _one_open_for(*columns: str) -> None:
    """At most one open task, and one running deadline."""
    op.drop_index("uq_task_one_open", table_name="task", postgresql_where=OPEN_TASK)
    op.create_index("uq_task_one_open", "task", list(columns), unique=True, postgresql_where=OPEN_TASK)
    op.drop_index("uq_deadline_one_running", table_name="deadline", postgresql_where=RUNNING)
    op.create_index(
        "uq_deadline_one_running", "deadline", list(columns), unique=True, postgresql_where=RUNNING
    )


def _keep_the_day_of_the_law() -> None:
    op.add_column("deadline", sa.Column("statutory_on", sa.Date(), nullable=True))
    op.add_column("deadline", sa.Column("due_before", sa.Date(), nullable=True))


def _contracts() -> None:
    """A PPPK has a contract that ends (PP 49/2018 art 37)."""
    op.add_column("person", sa.Column("contract_until", sa.Date(), nullable=True))


def _without_contracts() -> None:
    op.drop_column("person", "contract_until")


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
