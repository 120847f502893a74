"""Writes all nudges of a request in one statement. Each goes to whoever is responsible at this moment."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, DateTime, Integer, Text, Uuid, any_, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.appraisal.rights import CASE
from store.nudge.asking import Written
from store.nudge.numbering import Numbering
from store.person.table import Person
from store.rows import all_rows

# One nudge for each stage, day and person. The day is that of the agency's zone, in the cycle's own time.
_TARGET = f"""target AS MATERIALIZED (
    SELECT appraisal.id AS appraisal_id, task.stage, task.opened_sequence AS occurrence, task.due_on,
        cycle.rehearsal, business.moment, told.recipient,
        'nudge-' || to_char(business.moment AT TIME ZONE agency.zone, 'YYYYMMDD') AS rule
    FROM appraisal
    JOIN task ON task.appraisal_id = appraisal.id AND task.closed_at IS NULL AND task.duty = ''
    JOIN cycle ON cycle.id = appraisal.cycle_id
    JOIN agency ON agency.id = cycle.agency_id
    CROSS JOIN LATERAL (SELECT business_at(cycle.clock, :now) AS moment) AS business
    CROSS JOIN LATERAL (
        SELECT found.holder AS recipient
        FROM responsible({CASE}, task.capacity, business.moment, signers(appraisal.snapshot)) AS found
        WHERE task.capacity <> 'hr'
        UNION ALL
        SELECT officer FROM holders_of({CASE}, 'hr', business.moment, signers(appraisal.snapshot)) AS officer
        WHERE task.capacity = 'hr'
    ) AS told
    WHERE appraisal.id = ANY(:appraisals)
)"""  # noqa: S608  # only constants are put in

# The order of rows is the same for everybody, so that one nudger waits for the other and neither is stuck.
_WRITE = text(f"""
    WITH {_TARGET}, fresh AS (
        SELECT target.*, way.channel, way.state,
            row_number() OVER (ORDER BY target.appraisal_id, target.recipient, way.channel) AS place
        FROM target
        CROSS JOIN LATERAL (
            SELECT 'inbox' AS channel, 'delivered' AS state
            UNION ALL
            SELECT 'email', 'created'
            UNION ALL
            SELECT contact.channel, 'created' FROM contact
            WHERE contact.person_id = target.recipient AND contact.confirmed_at IS NOT NULL
                AND contact.bad_since IS NULL
        ) AS way
        WHERE target.recipient <> :person AND NOT EXISTS (
            SELECT FROM notice
            WHERE notice.appraisal_id = target.appraisal_id AND notice.stage = target.stage
                AND notice.rule = target.rule AND notice.occurrence = target.occurrence
                AND notice.recipient_id = target.recipient AND notice.channel = 'inbox')
    )
    INSERT INTO notice (id, appraisal_id, stage, rule, occurrence, recipient_id, channel, template, due_on,
        rehearsal, sender_id, state, business_at, created_at)
    SELECT CAST(:start || lpad(to_hex(:offset + place), 6, '0') AS uuid), appraisal_id, stage, rule, occurrence,
        recipient, channel, 'nudge', due_on, rehearsal, :person, state, moment, :now
    FROM fresh ORDER BY appraisal_id, recipient, channel
    ON CONFLICT DO NOTHING
    RETURNING id, appraisal_id, recipient_id, channel
""").bindparams(  # noqa: S608  # only constants are put in
    bindparam("appraisals", type_=ARRAY(Uuid())),
    bindparam("person", type_=Uuid()),
    bindparam("start", type_=Text()),
    bindparam("offset", type_=Integer()),
    bindparam("now", type_=DateTime(timezone=True)),
)

# Read after the writing: somebody else may have nudged the same task a moment before.
_STAND = text(f"""
    WITH {_TARGET}
    SELECT target.appraisal_id, target.recipient AS person, person.name, sender.name AS nudged_by
    FROM target
    JOIN person ON person.id = target.recipient
    LEFT JOIN notice ON notice.appraisal_id = target.appraisal_id AND notice.stage = target.stage
        AND notice.rule = target.rule AND notice.occurrence = target.occurrence
        AND notice.recipient_id = target.recipient AND notice.channel = 'inbox'
    LEFT JOIN person AS sender ON sender.id = notice.sender_id
    ORDER BY target.appraisal_id, person.name, person.id
""").bindparams(  # noqa: S608  # only constants are put in
    bindparam("appraisals", type_=ARRAY(Uuid())), bindparam("now", type_=DateTime(timezone=True))
)
_NAMES = select(col(Person.id), col(Person.name)).where(
    col(Person.id) == any_(bindparam("people", type_=ARRAY(Uuid())))
)


@dataclass(frozen=True, slots=True)
class Awaited:
    """A person who is awaited on an appraisal, and the one who nudged him for it today."""

    appraisal_id: uuid.UUID
    person: uuid.UUID
    name: str
    nudged_by: str | None


async def write_nudges(
    connection: AsyncConnection,
    numbering: Numbering,
    appraisals: Sequence[uuid.UUID],
    *,
    offset: int,
    now: dt.datetime,
) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """Nudges whoever is awaited on these appraisals, but not the nudger himself. Returns appraisal and person of each
    nudge that was new today. ``offset`` is the number of notices that the request has written before.
    """
    result = await connection.execute(
        _WRITE,
        {
            "appraisals": list(appraisals),
            "person": numbering.person,
            "start": numbering.start,
            "offset": offset,
            "now": now,
        },
    )
    written = all_rows(Written, result)
    return {(notice.appraisal_id, notice.recipient_id) for notice in written if notice.channel == "inbox"}


async def awaited(
    connection: AsyncConnection, appraisals: Sequence[uuid.UUID], now: dt.datetime
) -> list[Awaited]:
    """Who is awaited on these appraisals at the real moment ``now``; nobody where nobody is responsible."""
    rows = await connection.execute(_STAND, {"appraisals": list(appraisals), "now": now})
    return all_rows(Awaited, rows)


async def names_of(connection: AsyncConnection, people: Sequence[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The names of people by their ids."""
    return {row.id: row.name for row in await connection.execute(_NAMES, {"people": list(people)})}
