"""Reads when and where a result is handed over."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.meeting.table import AppointmentRow
from store.rows import one_row

_LATEST = (
    select(
        col(AppointmentRow.starts_at),
        col(AppointmentRow.ends_at),
        col(AppointmentRow.place),
        col(AppointmentRow.cancelled),
    )
    .where(
        col(AppointmentRow.appraisal_id) == bindparam("appraisal"),
        col(AppointmentRow.revision) == bindparam("revision"),
    )
    .order_by(col(AppointmentRow.number).desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class LatestAppointment:
    """The appointment as it stands now."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    cancelled: bool


async def latest_appointment(
    connection: AsyncConnection, appraisal: uuid.UUID, revision: int
) -> LatestAppointment | None:
    """The last version of the appointment for a revision of the result; None where none was made."""
    parameters = {"appraisal": appraisal, "revision": revision}
    row = (await connection.execute(_LATEST, parameters)).one_or_none()
    return None if row is None else one_row(LatestAppointment, row)
