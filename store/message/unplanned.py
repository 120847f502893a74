"""Reads notices that wait to be planned, and writes what was decided on each."""

import datetime as dt
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, Date, Integer, String, Uuid, any_, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.agency.table import CalendarVersion
from store.constant import constant
from store.message.table import MessageRow
from store.rows import all_rows

_LOCK = 7_204_120
"""Advisory lock: one relay plans at a time. Two at once would not count each other's messages of a day."""
_TRY_LOCK = text("SELECT pg_try_advisory_xact_lock(:lock)").bindparams(bindparam("lock", type_=Integer()))
_READ = text("""
SELECT notice.id, notice.recipient_id, notice.channel, notice.template, notice.stage, notice.duty, notice.due_on,
    notice.reason = 'fallback' AS fallback, appraisal.snapshot ->> 'calendar' AS calendar,
    CASE WHEN notice.rehearsal THEN cycle.id END AS rehearsal_cycle_id, cycle.clock,
    COALESCE(NULLIF(unit.zone, ''), agency.zone) AS zone, agency.sending_hours,
    (SELECT jsonb_object_agg(preference.kind, preference.wanted) FROM preference
        WHERE preference.person_id = notice.recipient_id AND preference.channel = notice.channel) AS preferred
FROM notice
JOIN appraisal ON appraisal.id = notice.appraisal_id
JOIN cycle ON cycle.id = appraisal.cycle_id
JOIN person ON person.id = notice.recipient_id
JOIN unit ON unit.id = person.unit_id
JOIN agency ON agency.id = person.agency_id
WHERE notice.state = 'created' AND notice.message_id IS NULL
ORDER BY notice.created_at
LIMIT :most
FOR UPDATE OF notice SKIP LOCKED
""")
_CALENDARS = select(col(CalendarVersion.key), col(CalendarVersion.content)).where(
    col(CalendarVersion.key) == any_(bindparam("keys", type_=ARRAY(String())))
)
_BOOKED = select(
    col(MessageRow.recipient_id),
    col(MessageRow.channel),
    col(MessageRow.rehearsal_cycle_id),
    col(MessageRow.day),
    col(MessageRow.slot),
    col(MessageRow.digest),
    (col(MessageRow.state) == constant("waiting")).label("waiting"),
).where(
    col(MessageRow.recipient_id) == any_(bindparam("recipients", type_=ARRAY(Uuid()))),
    col(MessageRow.day) >= bindparam("since", type_=Date()),
    col(MessageRow.state) != constant("cancelled"),
)

# A message that has left meanwhile takes in no more notices: such a notice stays unplanned until the next plan.
_WRITE = text("""
WITH planned AS MATERIALIZED (
    SELECT * FROM jsonb_to_recordset(CAST(:plans AS jsonb)) AS p(id uuid, state text, reason text, message uuid,
        slot timestamptz, day date, digest boolean, leaves_at timestamptz)
), opened AS (
    INSERT INTO message (id, recipient_id, channel, digest, rehearsal_cycle_id, slot, day, state, reason, attempts,
        next_attempt_at, address, template, template_version, locale, subject, body, provider, provider_reference,
        provider_answer, created_at)
    SELECT DISTINCT ON (planned.message) planned.message, notice.recipient_id, notice.channel, planned.digest,
        CASE WHEN notice.rehearsal THEN appraisal.cycle_id END, planned.slot, planned.day, 'waiting', '', 0,
        planned.leaves_at, '', '', 0, person.locale, '', '', '', '', '', now()
    FROM planned
    JOIN notice ON notice.id = planned.id
    JOIN appraisal ON appraisal.id = notice.appraisal_id
    JOIN person ON person.id = notice.recipient_id
    WHERE planned.message IS NOT NULL
    ON CONFLICT (id) DO UPDATE SET slot = message.slot WHERE message.state = 'waiting'
    RETURNING id
)
UPDATE notice SET state = planned.state, reason = planned.reason, message_id = planned.message
FROM planned LEFT JOIN opened ON opened.id = planned.message
WHERE notice.id = planned.id AND notice.state = 'created'
    AND (planned.message IS NULL OR opened.id IS NOT NULL)
""")


@dataclass(frozen=True, slots=True)
class UnplannedRow:
    """A notice with all that its plan depends on, as it is stored."""

    id: uuid.UUID
    recipient_id: uuid.UUID
    channel: str
    template: str
    stage: str
    duty: str
    due_on: dt.date | None
    fallback: bool
    """Whether it stands in for a channel that failed."""
    calendar: str
    """Key of the calendar that its case runs by."""
    rehearsal_cycle_id: uuid.UUID | None
    clock: list[Any]
    zone: str
    """Where its recipient works."""
    sending_hours: dict[str, Any]
    preferred: dict[str, bool] | None
    """What the recipient has chosen for this channel, kind by kind."""


@dataclass(frozen=True, slots=True)
class BookedRow:
    """A message that its recipient gets or got, whatever is planned now."""

    recipient_id: uuid.UUID
    channel: str
    rehearsal_cycle_id: uuid.UUID | None
    day: dt.date
    slot: dt.datetime
    digest: bool
    waiting: bool
    """Whether it can still take in notices."""


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What was decided on a notice."""

    id: uuid.UUID
    state: str
    reason: str
    message: uuid.UUID | None
    slot: dt.datetime | None
    day: dt.date | None
    digest: bool
    leaves_at: dt.datetime | None
    """Real moment from which its message may leave."""


async def may_plan(connection: AsyncConnection) -> bool:
    """Whether nobody else is planning. If so, nobody else can plan until the transaction ends."""
    return bool(await connection.scalar(_TRY_LOCK, {"lock": _LOCK}))


async def unplanned(connection: AsyncConnection, most: int) -> list[UnplannedRow]:
    """The oldest notices without a plan, locked until the transaction ends."""
    return all_rows(UnplannedRow, await connection.execute(_READ, {"most": most}))


async def calendars(connection: AsyncConnection, keys: Sequence[str]) -> dict[str, dict[str, Any]]:
    """The content of working calendars by their keys."""
    rows = await connection.execute(_CALENDARS, {"keys": list(keys)})
    return {row.key: row.content for row in rows}


async def booked(
    connection: AsyncConnection, recipients: Sequence[uuid.UUID], since: dt.date
) -> list[BookedRow]:
    """The messages of these people whose day is ``since`` or later."""
    rows = await connection.execute(_BOOKED, {"recipients": list(recipients), "since": since})
    return all_rows(BookedRow, rows)


async def write_plans(connection: AsyncConnection, plans: Sequence[PlannedRow]) -> None:
    """Opens the messages that are needed and puts the notices into them."""
    await connection.execute(_WRITE, {"plans": json.dumps([_plain(each) for each in plans])})


def _plain(each: PlannedRow) -> dict[str, Any]:
    return {
        "id": str(each.id),
        "state": each.state,
        "reason": each.reason,
        "message": str(each.message) if each.message else None,
        "slot": each.slot.isoformat() if each.slot else None,
        "day": each.day.isoformat() if each.day else None,
        "digest": each.digest,
        "leaves_at": each.leaves_at.isoformat() if each.leaves_at else None,
    }
