"""Reads recorded events."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from states.codec import load_event
from states.events import Event
from store.appraisal.table import EventRow
from store.rows import all_rows

_AFTER = (
    select(
        col(EventRow.sequence),
        col(EventRow.kind),
        col(EventRow.body),
        col(EventRow.command_id),
        col(EventRow.fingerprint),
        col(EventRow.at),
        col(EventRow.recorded_at),
        col(EventRow.hash),
    )
    .where(col(EventRow.appraisal_id) == bindparam("appraisal"), col(EventRow.sequence) > bindparam("after"))
    .order_by(col(EventRow.sequence))
)


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """One event as it stands in the record."""

    sequence: int
    kind: str
    body: dict[str, Any]
    command_id: str
    fingerprint: str
    at: dt.datetime
    recorded_at: dt.datetime
    hash: str

    @property
    def event(self) -> Event:
        """The event itself."""
        return load_event(self.kind, self.body)


async def events_after(connection: AsyncConnection, appraisal: str, sequence: int = 0) -> list[RecordedEvent]:
    """The events of an appraisal after ``sequence``, in order."""
    parameters = {"appraisal": uuid.UUID(appraisal), "after": sequence}
    return all_rows(RecordedEvent, await connection.execute(_AFTER, parameters))
