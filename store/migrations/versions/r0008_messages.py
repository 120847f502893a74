"""Messages beside notices, addresses, preferences, pauses of channels, and evidence of receipt."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STATES = (
    "created",
    "held",
    "digesting",
    "sending",
    "sent",
    "delivered",
    "seen",
    "temporary_failure",
    "permanent_failure",
    "cancelled",
    "suppressed",
)
EARLIER_STATES = ("created", "sending", "sent", "temporary_failure", "permanent_failure", "cancelled")
UNFINISHED = "state IN ('waiting', 'sending', 'temporary_failure')"
MOMENT = sa.DateTime(timezone=True)

# A message of its own for each notice that was sent or tried before there were messages.
MESSAGES_OF_BEFORE = """
INSERT INTO message (id, recipient_id, channel, digest, rehearsal_cycle_id, slot, day, state, reason, attempts,
    next_attempt_at, address, template, template_version, locale, subject, body, provider, provider_reference,
    provider_answer, created_at, sent_at)
SELECT notice.id, notice.recipient_id, notice.channel, false, CASE WHEN notice.rehearsal THEN appraisal.cycle_id END,
    notice.business_at, CAST(notice.business_at AT TIME ZONE 'Asia/Jakarta' AS date),
    CASE notice.state WHEN 'created' THEN 'waiting' ELSE notice.state END, '', notice.attempts,
    notice.next_attempt_at, '', notice.template, 0, 'id', '', '', '', '', COALESCE(notice.provider_answer, ''),
    notice.created_at, notice.sent_at
FROM notice JOIN appraisal ON appraisal.id = notice.appraisal_id
WHERE notice.attempts > 0
"""


def upgrade() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("recipient_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("rehearsal_cycle_id", sa.Uuid(), nullable=True),
        sa.Column("slot", MOMENT, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", MOMENT, nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("template_version", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("provider", sa.String(length=60), nullable=False),
        sa.Column("provider_reference", sa.String(length=300), nullable=False),
        sa.Column("provider_answer", sa.String(length=500), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.Column("delivered_at", MOMENT, nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'sending', 'sent', 'delivered', 'temporary_failure', 'permanent_failure', "
            "'cancelled')",
            name=op.f("ck_message_known_state"),
        ),
        sa.ForeignKeyConstraint(["recipient_id"], ["person.id"], name=op.f("fk_message_recipient_id_person")),
        sa.ForeignKeyConstraint(
            ["rehearsal_cycle_id"], ["cycle.id"], name=op.f("fk_message_rehearsal_cycle_id_cycle")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    op.create_index(
        "ix_message_waiting", "message", ["channel", "next_attempt_at"], postgresql_where=sa.text(UNFINISHED)
    )
    op.create_index("ix_message_day", "message", ["recipient_id", "channel", "day"])
    op.create_index(
        "ix_message_reference",
        "message",
        ["channel", "provider_reference"],
        postgresql_where=sa.text("provider_reference <> ''"),
    )
    op.create_table(
        "message_attempt",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("provider", sa.String(length=60), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "outcome IN ('sent', 'delivered', 'temporary_failure', 'permanent_failure', 'bounced')",
            name=op.f("ck_message_attempt_known_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_message_attempt_message_id_message")
        ),
        sa.PrimaryKeyConstraint("message_id", "number", name=op.f("pk_message_attempt")),
    )
    op.create_index("ix_message_attempt_at", "message_attempt", ["at"])
    op.create_table(
        "contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("address", sa.String(length=320), nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("bad_since", MOMENT, nullable=True),
        sa.Column("bad_answer", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "channel IN ('email', 'whatsapp', 'telegram', 'webhook')", name=op.f("ck_contact_known_channel")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contact_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact")),
        sa.UniqueConstraint(
            "person_id", "channel", "address", name=op.f("uq_contact_person_id_channel_address")
        ),
    )
    op.create_index(
        "uq_contact_one_in_use",
        "contact",
        ["person_id", "channel"],
        unique=True,
        postgresql_where=sa.text("confirmed_at IS NOT NULL AND bad_since IS NULL"),
    )
    op.create_index(
        "ix_contact_bad", "contact", ["person_id"], postgresql_where=sa.text("bad_since IS NOT NULL")
    )
    op.create_table(
        "preference",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_preference_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "kind", "channel", name=op.f("pk_preference")),
    )
    op.create_table(
        "channel_pause",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("paused_at", MOMENT, nullable=False),
        sa.Column("paused_by", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("resumed_at", MOMENT, nullable=True),
        sa.Column("resumed_by", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel_pause")),
    )
    op.create_index(
        "uq_channel_pause_one_open",
        "channel_pause",
        ["channel"],
        unique=True,
        postgresql_where=sa.text("resumed_at IS NULL"),
    )
    op.create_table(
        "receipt_evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appraisal_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "level IN ('delivered', 'bounced', 'seen', 'acknowledged', 'deemed', 'refused', 'recorded')",
            name=op.f("ck_receipt_evidence_known_level"),
        ),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_receipt_evidence_appraisal_id_appraisal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipt_evidence")),
        sa.UniqueConstraint(
            "appraisal_id",
            "revision",
            "level",
            "source",
            name=op.f("uq_receipt_evidence_appraisal_id_revision_level_source"),
        ),
    )
    op.create_index("ix_receipt_evidence_case", "receipt_evidence", ["appraisal_id", "revision", "at"])
    op.execute("""
        CREATE TRIGGER receipt_evidence_is_append_only
        BEFORE UPDATE OR DELETE OR TRUNCATE ON receipt_evidence FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """)
    op.add_column("person", sa.Column("locale", sa.String(length=5), server_default="id", nullable=False))
    op.add_column(
        "agency",
        sa.Column(
            "sending_hours",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
    )
    _give_notices_their_messages()


def _give_notices_their_messages() -> None:
    op.add_column("notice", sa.Column("reason", sa.String(length=40), server_default="", nullable=False))
    op.add_column("notice", sa.Column("message_id", sa.Uuid(), nullable=True))
    op.add_column("notice", sa.Column("sender_id", sa.Uuid(), nullable=True))
    op.add_column("notice", sa.Column("seen_at", MOMENT, nullable=True))
    op.drop_constraint(op.f("ck_notice_known_state"), "notice", type_="check")
    op.create_check_constraint(op.f("ck_notice_known_state"), "notice", f"state IN {STATES}")
    op.execute(MESSAGES_OF_BEFORE)
    op.execute("UPDATE notice SET message_id = id WHERE attempts > 0")
    op.create_foreign_key(op.f("fk_notice_message_id_message"), "notice", "message", ["message_id"], ["id"])
    op.create_foreign_key(op.f("fk_notice_sender_id_person"), "notice", "person", ["sender_id"], ["id"])
    op.drop_index("ix_notice_waiting", table_name="notice")
    op.create_index(
        "ix_notice_unplanned",
        "notice",
        ["created_at"],
        postgresql_where=sa.text("state = 'created' AND message_id IS NULL"),
    )
    op.create_index(
        "ix_notice_message", "notice", ["message_id"], postgresql_where=sa.text("message_id IS NOT NULL")
    )
    op.create_index(
        "ix_notice_inbox",
        "notice",
        ["recipient_id", "created_at", "id"],
        postgresql_where=sa.text("channel = 'inbox'"),
    )
    op.create_index(
        "ix_notice_unseen",
        "notice",
        ["recipient_id"],
        postgresql_where=sa.text("channel = 'inbox' AND state = 'delivered'"),
    )
    for column in ("attempts", "next_attempt_at", "sent_at", "provider_answer"):
        op.drop_column("notice", column)


def downgrade() -> None:
    op.add_column("notice", sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))
    op.add_column(
        "notice", sa.Column("next_attempt_at", MOMENT, server_default=sa.func.now(), nullable=False)
    )
    op.add_column("notice", sa.Column("sent_at", MOMENT, nullable=True))
    op.add_column("notice", sa.Column("provider_answer", sa.String(length=500), nullable=True))
    op.execute("DELETE FROM notice WHERE channel <> 'email'")
    op.execute("""
        UPDATE notice SET attempts = message.attempts, next_attempt_at = message.next_attempt_at,
            sent_at = message.sent_at, provider_answer = nullif(message.provider_answer, '')
        FROM message WHERE message.id = notice.message_id
    """)
    op.execute("""
        UPDATE notice SET state = CASE
            WHEN state IN ('held', 'digesting') THEN 'created'
            WHEN state IN ('delivered', 'seen') THEN 'sent'
            WHEN state = 'suppressed' THEN 'cancelled' ELSE state END
    """)
    for column in ("attempts", "next_attempt_at"):
        op.alter_column("notice", column, server_default=None)
    op.drop_constraint(op.f("ck_notice_known_state"), "notice", type_="check")
    op.create_check_constraint(op.f("ck_notice_known_state"), "notice", f"state IN {EARLIER_STATES}")
    for index in ("ix_notice_unseen", "ix_notice_inbox", "ix_notice_message", "ix_notice_unplanned"):
        op.drop_index(index, table_name="notice")
    op.create_index(
        "ix_notice_waiting",
        "notice",
        ["next_attempt_at"],
        postgresql_where=sa.text("state IN ('created', 'sending', 'temporary_failure')"),
    )
    op.drop_constraint(op.f("fk_notice_message_id_message"), "notice", type_="foreignkey")
    op.drop_constraint(op.f("fk_notice_sender_id_person"), "notice", type_="foreignkey")
    for column in ("reason", "message_id", "sender_id", "seen_at"):
        op.drop_column("notice", column)
    op.drop_column("agency", "sending_hours")
    op.drop_column("person", "locale")
    for table in ("receipt_evidence", "channel_pause", "preference", "contact", "message_attempt", "message"):
        op.drop_table(table)
