"""Reads which time counts for an agency: real time, or that of its rehearsals if it has no other cycles."""

import datetime as dt
import uuid
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import DateTime, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.clock import IDENTITY, Clock
from states.operations.agency_time import AgencyTime

# The slowest of several rehearsals counts: what holds from its moment on holds in all of them.
_MOMENT = text("""
    SELECT agency.zone, slowest.clock
    FROM agency LEFT JOIN LATERAL (
        SELECT clock FROM cycle
        WHERE cycle.agency_id = agency.id
            AND NOT EXISTS (SELECT FROM cycle AS real WHERE real.agency_id = agency.id AND NOT real.rehearsal)
        ORDER BY business_at(clock, :now) LIMIT 1
    ) AS slowest ON true
    WHERE agency.id = :agency
""").bindparams(bindparam("agency", type_=Uuid()), bindparam("now", type_=DateTime(timezone=True)))


async def agency_time(connection: AsyncConnection, agency: uuid.UUID, now: dt.datetime) -> AgencyTime:
    """The time of an existing agency at the real moment ``now``."""
    row = (await connection.execute(_MOMENT, {"agency": agency, "now": now})).one()
    segments: list[Any] | None = row.clock
    return AgencyTime(ZoneInfo(row.zone), Clock.from_data(segments) if segments else IDENTITY)
