"""Writes who is told of something that is attended to."""

import datetime as dt
import uuid
from collections.abc import Sequence

from sqlalchemy import ARRAY, Date, DateTime, Integer, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.templates import INFORMING

# The case may have gone on between a telling and its repeat, so the stage does not tell them apart. Two things that
# are attended to in one case may use the same rule, so a piece of the id does.
_TELL = text("""
INSERT INTO notice (id, appraisal_id, stage, rule, occurrence, recipient_id, channel, template, due_on, rehearsal,
    state, attended_id, business_at, created_at)
SELECT gen_random_uuid(), appraisal.id, appraisal.stage,
    :rule || '-' || right(CAST(CAST(:attended AS uuid) AS text), 8), :occurrence, told.recipient, way.channel,
    :template, :due_on, cycle.rehearsal, way.state, :attended, :at, now()
FROM appraisal JOIN cycle ON cycle.id = appraisal.cycle_id
CROSS JOIN unnest(:recipients) AS told(recipient)
CROSS JOIN LATERAL (
    SELECT 'inbox' AS channel, 'delivered' AS state
    UNION ALL
    SELECT 'email', 'created'
    UNION ALL
    SELECT contact.channel, 'created' FROM contact
    WHERE contact.person_id = told.recipient AND contact.confirmed_at IS NOT NULL AND contact.bad_since IS NULL
) AS way
WHERE appraisal.id = :appraisal AND NOT EXISTS (
    SELECT FROM notice AS earlier
    WHERE earlier.attended_id = :attended AND earlier.recipient_id = told.recipient
        AND earlier.template = :template AND earlier.occurrence = :occurrence
        AND earlier.rule = :rule || '-' || right(CAST(CAST(:attended AS uuid) AS text), 8))
ON CONFLICT DO NOTHING
""").bindparams(
    *(bindparam(name, type_=Uuid()) for name in ("attended", "appraisal")),
    *(bindparam(name, type_=Text()) for name in ("rule", "template")),
    bindparam("occurrence", type_=Integer()),
    bindparam("recipients", type_=ARRAY(Uuid())),
    bindparam("due_on", type_=Date()),
    bindparam("at", type_=DateTime(timezone=True)),
)
_SILENCE = text("""
    UPDATE notice
    SET state = CASE WHEN channel = 'inbox' THEN state ELSE 'cancelled' END,
        reason = CASE WHEN channel = 'inbox' THEN 'done_since' ELSE 'done' END
    WHERE attended_id = :attended AND (CAST(:recipient AS uuid) IS NULL OR recipient_id = :recipient)
        AND template <> ALL (:informing)
        AND (channel = 'inbox' OR state IN ('created', 'held', 'digesting', 'temporary_failure'))
""").bindparams(
    bindparam("attended", type_=Uuid()),
    bindparam("recipient", type_=Uuid()),
    bindparam("informing", sorted(INFORMING), type_=ARRAY(Text())),
)


async def tell(
    connection: AsyncConnection,
    attended: uuid.UUID,
    appraisal: uuid.UUID,
    template: str,
    recipients: Sequence[uuid.UUID],
    *,
    rule: str,
    occurrence: int,
    due_on: dt.date | None,
    at: dt.datetime,
) -> None:
    """Writes a notice to each recipient, in the inbox and for each channel.

    ``appraisal`` is the case that it is about, ``at`` the business moment, ``due_on`` the last local day for what the
    recipient is asked. The same ``rule`` (up to 31 characters) and ``occurrence`` tell nobody twice.
    """
    await connection.execute(
        _TELL,
        {
            "attended": attended,
            "appraisal": appraisal,
            "template": template,
            "recipients": list(recipients),
            "rule": rule,
            "occurrence": occurrence,
            "due_on": due_on,
            "at": at,
        },
    )


async def silence(
    connection: AsyncConnection, attended: uuid.UUID, recipient: uuid.UUID | None = None
) -> None:
    """What has not left yet is not sent any more: to one recipient who has done his part, or to everybody.

    The inbox shows it as done. What is told as a fact stays.
    """
    await connection.execute(_SILENCE, {"attended": attended, "recipient": recipient})
