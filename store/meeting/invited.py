"""Reads the appointments that messages tell of, for a whole batch of messages at once."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ARRAY, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.meeting.standing import IS_OF_MEETING, OF_NOTICE
from store.rows import all_rows

_INVITED = text(f"""
    SELECT notice.message_id, appointment.appraisal_id, appointment.revision, appointment.number,
        appointment.starts_at, appointment.ends_at, appointment.place, appointment.set_at, appointment.cancelled,
        COALESCE(NULLIF(unit.zone, ''), agency.zone) AS zone
    FROM notice
    JOIN appointment ON {OF_NOTICE} = notice.occurrence
    JOIN appraisal ON appraisal.id = notice.appraisal_id
    JOIN unit ON unit.id = appraisal.unit_id
    JOIN agency ON agency.id = unit.agency_id
    WHERE notice.message_id = ANY (:messages) AND notice.state = 'sending' AND {IS_OF_MEETING}
    ORDER BY notice.message_id, appointment.starts_at, appointment.appraisal_id
""").bindparams(bindparam("messages", type_=ARRAY(Uuid())))  # noqa: S608  # its parts are constants


@dataclass(frozen=True, slots=True)
class Invited:
    """An appointment that a message tells of. It names nobody."""

    message_id: uuid.UUID
    appraisal_id: uuid.UUID
    revision: int
    number: int
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    set_at: dt.datetime
    cancelled: bool
    zone: str
    """Where the employee works."""


async def invited(connection: AsyncConnection, messages: Sequence[uuid.UUID]) -> list[Invited]:
    """The appointments that these claimed messages tell of, message by message."""
    return all_rows(Invited, await connection.execute(_INVITED, {"messages": list(messages)}))
