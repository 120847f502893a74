"""Cancels the appointments of a case that an event has made pointless, and tells everybody who was told of them."""

from sqlalchemy import DateTime, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.appointments import Ending

# Whoever once was told of an appointment has it in his calendar, also a former rater. The employee always has.
_END = text("""
WITH ended AS (
    INSERT INTO appointment (appraisal_id, revision, number, starts_at, ends_at, place, set_by, key, fingerprint,
        set_at, cancelled)
    SELECT appraisal_id, revision, number + 1, starts_at, ends_at, place, COALESCE(:person, set_by), '', '', now(),
        true
    FROM (
        SELECT DISTINCT ON (revision) * FROM appointment
        WHERE appraisal_id = :appraisal ORDER BY revision, number DESC
    ) AS last
    WHERE NOT cancelled AND ends_at > :at AND set_by IS DISTINCT FROM :still_with
    RETURNING appraisal_id, revision, number, starts_at, 'meeting-' || revision AS rule
), silenced AS (
    UPDATE notice SET state = 'cancelled', reason = 'overtaken'
    FROM ended
    WHERE notice.appraisal_id = ended.appraisal_id AND notice.rule = ended.rule AND notice.occurrence < ended.number
        AND notice.state IN ('created', 'held', 'digesting', 'temporary_failure')
), told AS (
    SELECT ended.rule, notice.recipient_id AS recipient
    FROM ended JOIN notice ON notice.appraisal_id = ended.appraisal_id AND notice.rule = ended.rule
    UNION
    SELECT ended.rule, appraisal.employee_id FROM ended JOIN appraisal ON appraisal.id = ended.appraisal_id
)
INSERT INTO notice (id, appraisal_id, stage, rule, occurrence, recipient_id, channel, template, due_on, rehearsal,
    state, business_at, created_at)
SELECT gen_random_uuid(), ended.appraisal_id, 'feedback_meeting', ended.rule, ended.number, told.recipient,
    way.channel, 'meeting_cancelled',
    CAST(ended.starts_at AT TIME ZONE COALESCE(NULLIF(unit.zone, ''), agency.zone) AS date), cycle.rehearsal,
    way.state, :at, now()
FROM ended
JOIN told ON told.rule = ended.rule
JOIN appraisal ON appraisal.id = ended.appraisal_id
JOIN cycle ON cycle.id = appraisal.cycle_id
JOIN unit ON unit.id = appraisal.unit_id
JOIN agency ON agency.id = unit.agency_id
CROSS JOIN LATERAL (
    SELECT 'inbox' AS channel, 'delivered' AS state
    UNION ALL
    SELECT 'email', 'created'
    UNION ALL
    SELECT contact.channel, 'created' FROM contact
    WHERE contact.person_id = told.recipient AND contact.confirmed_at IS NOT NULL AND contact.bad_since IS NULL
) AS way
""").bindparams(
    *(bindparam(name, type_=Uuid(as_uuid=False)) for name in ("appraisal", "person", "still_with")),
    bindparam("at", type_=DateTime(timezone=True)),
)


async def end_appointments(connection: AsyncConnection, appraisal: str, ending: Ending) -> None:
    """Cancels what still lies ahead in the case, in the transaction that put the cause on record.

    It adds a version, as a cancellation by the rater does; a case without an appointment stays as it is.
    """
    await connection.execute(
        _END,
        {
            "appraisal": appraisal,
            "person": ending.actor,
            "still_with": ending.still_with,
            "at": ending.at,
        },
    )
