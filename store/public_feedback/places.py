"""Reads where a form of the public stands: its link, its unit, and the cycles whose scheme may ask."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import String, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.rows import all_rows

# A rehearsal asks the public only where an agency has nothing else: its answers would mix with real ones.
_COLUMNS = """
    SELECT link.id AS link_id, link.version, COALESCE(link.is_open, false) AND unit.merged_into IS NULL AS is_open,
        unit.id AS unit_id, unit.name AS unit, agency.id AS agency_id, agency.name AS agency,
        cycle.id AS cycle_id, cycle.scheme,
        CAST(business_at(cycle.clock, now()) AT TIME ZONE COALESCE(NULLIF(unit.zone, ''), agency.zone) AS date) AS today
"""
_CYCLES = """
    JOIN agency ON agency.id = unit.agency_id
    JOIN cycle ON cycle.agency_id = agency.id AND (NOT cycle.rehearsal OR NOT EXISTS (
        SELECT FROM cycle AS real WHERE real.agency_id = agency.id AND NOT real.rehearsal))
"""
_NEWEST_FIRST = "ORDER BY cycle.year DESC, cycle.created_at DESC, cycle.id DESC"
_OF_LINK = text(f"""{_COLUMNS}
    FROM public_link AS link JOIN unit ON unit.id = link.unit_id {_CYCLES}
    WHERE link.id = :link {_NEWEST_FIRST}
""").bindparams(bindparam("link", type_=Uuid()))  # only constants are put in
_OF_UNIT = text(f"""{_COLUMNS}
    FROM unit LEFT JOIN public_link AS link ON link.unit_id = unit.id {_CYCLES}
    WHERE unit.id = :unit AND unit.agency_id = :agency {_NEWEST_FIRST}
""").bindparams(bindparam("unit", type_=Uuid()), bindparam("agency", type_=Uuid()))
_CODED = text("SELECT id FROM unit WHERE agency_id = :agency AND code = :code").bindparams(
    bindparam("agency", type_=Uuid()), bindparam("code", type_=String())
)
_LARGEST = text("""
    SELECT unit_id FROM person WHERE agency_id = :agency GROUP BY unit_id ORDER BY count(*) DESC, unit_id LIMIT 1
""").bindparams(bindparam("agency", type_=Uuid()))


@dataclass(frozen=True, slots=True)
class Place:
    """A unit under one cycle of its agency."""

    link_id: uuid.UUID | None
    """None while the unit has no link."""
    version: int | None
    is_open: bool
    unit_id: uuid.UUID
    unit: str
    agency_id: uuid.UUID
    agency: str
    cycle_id: uuid.UUID
    scheme: str
    today: dt.date
    """The day in the unit's zone, in the cycle's business time."""


async def places_of_link(connection: AsyncConnection, link: uuid.UUID) -> list[Place]:
    """The unit of a link under each cycle, the newest first; none for a link that does not exist."""
    return all_rows(Place, await connection.execute(_OF_LINK, {"link": link}))


async def places_of_unit(connection: AsyncConnection, unit: uuid.UUID, agency: uuid.UUID) -> list[Place]:
    """The same for a unit of an agency, with a link or without."""
    return all_rows(Place, await connection.execute(_OF_UNIT, {"unit": unit, "agency": agency}))


async def largest_unit(connection: AsyncConnection, agency: uuid.UUID) -> uuid.UUID | None:
    """The unit of an agency in which most people are; None where there is nobody."""
    found: uuid.UUID | None = await connection.scalar(_LARGEST, {"agency": agency})
    return found


async def unit_with_code(connection: AsyncConnection, agency: uuid.UUID, code: str) -> uuid.UUID | None:
    """The unit of an agency with this code."""
    found: uuid.UUID | None = await connection.scalar(_CODED, {"agency": agency, "code": code})
    return found
