"""Creates, finds and lists cycles."""

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Integer, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.working_days import NATIONAL_DAYS, WorkingDays
from store.base import new_id

_AGENCIES = text("SELECT id, name, zone FROM agency ORDER BY name")
_ZONES = text("SELECT DISTINCT zone FROM unit WHERE agency_id = :agency AND zone <> '' ORDER BY zone")
_INSERT = text("""
    INSERT INTO cycle (id, agency_id, name, year, scheme, clock, rehearsal, working_days, created_at)
    VALUES (:id, :agency, :name, :year, :scheme, CAST(:clock AS jsonb), :rehearsal,
        CAST(:working_days AS jsonb), now())
    ON CONFLICT (agency_id, name) DO NOTHING
    RETURNING id
""").bindparams(
    bindparam("id", type_=Uuid()),
    bindparam("agency", type_=Uuid()),
    bindparam("name", type_=Text()),
    bindparam("year", type_=Integer()),
    bindparam("scheme", type_=Text()),
    bindparam("clock", type_=Text()),
    bindparam("working_days", type_=Text()),
    bindparam("rehearsal", type_=Boolean()),
)
_LIST = text("""
    SELECT cycle.id, agency.name, cycle.name, cycle.year, cycle.scheme, cycle.rehearsal, cycle.launched_at,
        count(appraisal.id), count(appraisal.started_at),
        count(*) FILTER (WHERE appraisal.stage IN ('finalised', 'cancelled'))
    FROM cycle
    JOIN agency ON agency.id = cycle.agency_id
    LEFT JOIN appraisal ON appraisal.cycle_id = cycle.id
    WHERE (CAST(:agency AS text) IS NULL OR agency.name = :agency)
        AND (CAST(:cycle AS text) IS NULL OR cycle.name = :cycle OR cycle.id::text = :cycle)
    GROUP BY cycle.id, agency.name
    ORDER BY agency.name, cycle.year, cycle.name
""").bindparams(bindparam("agency", type_=Text()), bindparam("cycle", type_=Text()))


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """An agency in a list."""

    id: uuid.UUID
    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class CycleLine:
    """A cycle in a list, with how far it has come."""

    id: uuid.UUID
    agency: str
    name: str
    year: int
    scheme: str
    rehearsal: bool
    launched_at: dt.datetime | None
    appraisals: int
    started: int
    closed: int


async def agencies(connection: AsyncConnection) -> list[AgencyLine]:
    """All agencies by name."""
    return [AgencyLine(*row) for row in await connection.execute(_AGENCIES)]


async def zones_of(connection: AsyncConnection, agency: uuid.UUID) -> list[str]:
    """The time zones in which the agency has units, as far as the roster names one."""
    return list((await connection.execute(_ZONES, {"agency": agency})).scalars())


async def add_cycle(
    connection: AsyncConnection,
    *,
    agency: uuid.UUID,
    name: str,
    year: int,
    scheme: str,
    clock: list[Any],
    working_days: WorkingDays = NATIONAL_DAYS,
) -> uuid.UUID | None:
    """A new cycle's id, or None if the agency has one of this name; ``scheme`` is a stored version's key."""
    created: uuid.UUID | None = await connection.scalar(
        _INSERT,
        {
            "id": new_id(),
            "agency": agency,
            "name": name,
            "year": year,
            "scheme": scheme,
            "clock": json.dumps(clock),
            "working_days": working_days.model_dump_json(exclude_defaults=True),
            "rehearsal": bool(clock),
        },
    )
    return created


async def cycles(
    connection: AsyncConnection, *, agency: str | None = None, cycle: str | None = None
) -> list[CycleLine]:
    """Cycles, of the ``agency`` of this name and with this name or id, where given."""
    rows = await connection.execute(_LIST, {"agency": agency, "cycle": cycle})
    return [CycleLine(*row) for row in rows]
