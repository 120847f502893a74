"""Lets the next channel take over notices that a channel has failed for good to deliver."""

from sqlalchemy import ARRAY, Uuid, bindparam, text

# Channels follow each other as in `SENT_BY_RELAY`, and the first follows the last. A notice that was held back on the
# next channel (not near enough, not wanted by default) is wanted there now; one that was sent there already is not
# sent again. If no channel is left the notice stays failed, and its recipient is listed for the personnel office.
FALL_BACK = text("""
WITH failed AS (
    SELECT notice.*,
        array_position(ARRAY['email', 'whatsapp', 'telegram', 'webhook'], CAST(notice.channel AS text)) AS place
    FROM notice WHERE notice.message_id = ANY(:messages) AND notice.state = 'permanent_failure'
), ways AS (
    SELECT person_id, channel FROM contact WHERE confirmed_at IS NOT NULL AND bad_since IS NULL
        AND person_id IN (SELECT recipient_id FROM failed)
    UNION ALL
    SELECT id, 'email' FROM person
    WHERE id IN (SELECT recipient_id FROM failed) AND email <> '' AND NOT EXISTS (
        SELECT FROM contact WHERE person_id = person.id AND channel = 'email' AND address = person.email
            AND bad_since IS NOT NULL)
), taken_over AS (
    SELECT DISTINCT ON (failed.id) failed.*, ways.channel AS next_channel
    FROM failed JOIN ways ON ways.person_id = failed.recipient_id AND ways.channel <> failed.channel
    ORDER BY failed.id,
        (array_position(ARRAY['email', 'whatsapp', 'telegram', 'webhook'], CAST(ways.channel AS text))
            - failed.place + 4) % 4
)
INSERT INTO notice (id, appraisal_id, duty, stage, rule, occurrence, recipient_id, channel, template, due_on, rehearsal,
    operation_id, attended_id, sender_id, state, reason, business_at, created_at)
SELECT gen_random_uuid(), appraisal_id, duty, stage, rule, occurrence, recipient_id, next_channel, template, due_on,
    rehearsal, operation_id, attended_id, sender_id, 'created', 'fallback', business_at, now()
FROM taken_over
ON CONFLICT (appraisal_id, stage, rule, occurrence, recipient_id, channel, template, duty) DO UPDATE
SET state = 'created', reason = 'fallback', message_id = NULL
WHERE notice.state = 'suppressed'
""").bindparams(bindparam("messages", type_=ARRAY(Uuid())))
"""Write the notices of these failed messages for the next channel that their recipients can be reached by."""
