"""Reads recorded events."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.codec import load_event
from states.events import Event

_AFTER = text("""
    SELECT sequence, kind, body, command_id, fingerprint, at, recorded_at, hash FROM event
    WHERE appraisal_id = :appraisal AND sequence > :sequence ORDER BY sequence
""")


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
    rows = await connection.execute(_AFTER, {"appraisal": appraisal, "sequence": sequence})
    return [RecordedEvent(*row) for row in rows]
