"""Writes who is told of an appointment: the employee, his rater, and whoever made it."""

import datetime as dt
import uuid

from sqlalchemy import Date, DateTime, Integer, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.appraisal.rights import CASE

_TELL = text(f"""
WITH silenced AS (
    UPDATE notice SET state = 'cancelled', reason = 'overtaken'
    WHERE notice.appraisal_id = :appraisal AND notice.rule = :rule AND notice.occurrence < :number
        AND notice.state IN ('created', 'held', 'digesting', 'temporary_failure')
), told AS (
    SELECT appraisal.id AS appraisal_id, cycle.rehearsal, appraisal.employee_id AS recipient
    FROM appraisal JOIN cycle ON cycle.id = appraisal.cycle_id WHERE appraisal.id = :appraisal
    UNION
    SELECT appraisal.id, cycle.rehearsal, rating.person
    FROM appraisal JOIN cycle ON cycle.id = appraisal.cycle_id
    CROSS JOIN LATERAL holders_of({CASE}, 'rater', :at, signers(appraisal.snapshot)) AS rating(person)
    WHERE appraisal.id = :appraisal
    UNION
    SELECT appraisal.id, cycle.rehearsal, CAST(:person AS uuid)
    FROM appraisal JOIN cycle ON cycle.id = appraisal.cycle_id WHERE appraisal.id = :appraisal
)
INSERT INTO notice (id, appraisal_id, stage, rule, occurrence, recipient_id, channel, template, due_on, rehearsal,
    state, business_at, created_at)
SELECT gen_random_uuid(), told.appraisal_id, 'feedback_meeting', :rule, :number, told.recipient, way.channel,
    :template, :day, told.rehearsal, way.state, :at, now()
FROM told
CROSS JOIN LATERAL (
    SELECT 'inbox' AS channel, 'delivered' AS state
    UNION ALL
    SELECT 'email', 'created'
    UNION ALL
    SELECT contact.channel, 'created' FROM contact
    WHERE contact.person_id = told.recipient AND contact.confirmed_at IS NOT NULL AND contact.bad_since IS NULL
) AS way
""").bindparams(  # noqa: S608  # CASE names columns
    bindparam("appraisal", type_=Uuid()),
    bindparam("person", type_=Uuid()),
    bindparam("number", type_=Integer()),
    *(bindparam(name, type_=Text()) for name in ("rule", "template")),
    bindparam("day", type_=Date()),
    bindparam("at", type_=DateTime(timezone=True)),
)


async def tell(
    connection: AsyncConnection,
    appraisal: uuid.UUID,
    template: str,
    *,
    revision: int,
    number: int,
    day: dt.date,
    at: dt.datetime,
    person: uuid.UUID,
) -> None:
    """Writes the notices of version ``number``, set by ``person`` at the business moment ``at``.

    ``day`` is the local day of the appointment. What waits to tell of an earlier version is not sent any more.
    """
    await connection.execute(
        _TELL,
        {
            "appraisal": appraisal,
            "template": template,
            "rule": f"meeting-{revision}",
            "number": number,
            "day": day,
            "at": at,
            "person": person,
        },
    )
