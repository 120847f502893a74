"""Which moment counts for an agency: real time, or that of its rehearsals where it has nothing else."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import DateTime, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.clock import IDENTITY, Clock

# The earliest of several rehearsals: what holds from then on holds in all of them.
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


@dataclass(frozen=True, slots=True)
class AgencyTime:
    """How an agency counts time."""

    zone: ZoneInfo
    clock: Clock

    def moment(self, now: dt.datetime) -> dt.datetime:
        """The business moment at the real moment ``now``."""
        return self.clock.business(now)

    def first_moment_of(self, day: dt.date) -> dt.datetime:
        """The business moment at which a day begins in the agency's zone."""
        return dt.datetime.combine(day, dt.time(), self.zone).astimezone(dt.UTC)

    def end_of(self, day: dt.date) -> dt.datetime:
        """The business moment at which a last day is over."""
        return self.first_moment_of(day + dt.timedelta(days=1))

    def day_of(self, moment: dt.datetime) -> dt.date:
        """The local day of a business moment."""
        return moment.astimezone(self.zone).date()


async def agency_time(connection: AsyncConnection, agency: uuid.UUID, now: dt.datetime) -> AgencyTime:
    """The time of an agency that is there, at the real moment ``now``."""
    row = (await connection.execute(_MOMENT, {"agency": agency, "now": now})).one()
    segments: list[Any] | None = row.clock
    return AgencyTime(ZoneInfo(row.zone), Clock.from_data(segments) if segments else IDENTITY)
