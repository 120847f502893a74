"""Reads what is known about appraisals whose holders somebody wants to nudge."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, Integer, Uuid, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.appraisal.repository import Asker
from store.appraisal.rights import ASKER, HELD
from store.constant import constant
from store.message.table import NoticeRow
from store.nudge.numbering import Numbering
from store.rows import all_rows

_TAKE_TURN = text(
    "SELECT pg_advisory_xact_lock(:lock, hashtext(CAST(CAST(:person AS uuid) AS text)))"
).bindparams(bindparam("lock", type_=Integer()))
_LOCK = 7_204_121
"""Advisory lock of a nudger: his requests come one after the other, so that his nudges are counted right."""

_NUMBERED = (
    col(NoticeRow.id).between(bindparam("first"), bindparam("last")),
    col(NoticeRow.sender_id) == bindparam("person"),
)
_WRITTEN = select(
    col(NoticeRow.id), col(NoticeRow.appraisal_id), col(NoticeRow.recipient_id), col(NoticeRow.channel)
).where(*_NUMBERED)
_RECENT = (
    select(col(NoticeRow.created_at))
    .where(
        *_NUMBERED,
        col(NoticeRow.channel) == constant("inbox"),
        col(NoticeRow.created_at) > bindparam("since"),
    )
    .order_by(col(NoticeRow.created_at))
)
_ASKED = text(f"""
    SELECT appraisal.id, appraisal.employee_id, appraisal.stage, task.capacity AS awaited, {HELD} AS held
    FROM appraisal
    JOIN cycle ON cycle.id = appraisal.cycle_id AND cycle.agency_id = :agency
    LEFT JOIN task ON task.appraisal_id = appraisal.id AND task.closed_at IS NULL AND task.duty = ''
    WHERE appraisal.id = ANY(:appraisals)
""").bindparams(*ASKER, bindparam("appraisals", type_=ARRAY(Uuid())))  # noqa: S608  # only constants are put in


@dataclass(frozen=True, slots=True)
class Written:
    """A notice that was written for a nudge."""

    id: uuid.UUID
    appraisal_id: uuid.UUID
    recipient_id: uuid.UUID
    channel: str


@dataclass(frozen=True, slots=True)
class AskedCase:
    """An appraisal, the capacity that is awaited, and the capacities that the asker holds on it."""

    id: uuid.UUID
    employee_id: uuid.UUID
    stage: str
    awaited: str | None
    """The capacity of the open task; None where nothing waits on people."""
    held: Sequence[str]
    """Empty if the appraisal does not concern the asker."""


async def take_turn(connection: AsyncConnection, nudger: uuid.UUID) -> None:
    """Waits for the nudger's other requests, and keeps them waiting until the transaction ends."""
    await connection.execute(_TAKE_TURN, {"lock": _LOCK, "person": nudger})


async def written_under(connection: AsyncConnection, numbering: Numbering) -> list[Written]:
    """The notices that an earlier request with the same key has written."""
    first, last = numbering.of_request
    rows = await connection.execute(_WRITTEN, {"first": first, "last": last, "person": numbering.person})
    return all_rows(Written, rows)


async def nudged_since(
    connection: AsyncConnection, numbering: Numbering, since: dt.datetime
) -> list[dt.datetime]:
    """The real moments at which the person has nudged somebody since ``since``, the oldest first."""
    first, last = numbering.of_nudger
    parameters = {"first": first, "last": last, "person": numbering.person, "since": since}
    return list(await connection.scalars(_RECENT, parameters))


async def cases_asked(
    connection: AsyncConnection, asker: Asker, appraisals: Sequence[uuid.UUID]
) -> dict[uuid.UUID, AskedCase]:
    """Those of the appraisals that the agency has."""
    rows = await connection.execute(_ASKED, {**asker.parameters, "appraisals": list(appraisals)})
    return {case.id: case for case in all_rows(AskedCase, rows)}
