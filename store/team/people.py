"""Reads what a team needs to know of people and units."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ARRAY, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

_PEOPLE = text("""
    SELECT person.id, EXISTS (
        SELECT FROM appraisal WHERE appraisal.cycle_id = :cycle AND appraisal.employee_id = person.id
            AND appraisal.stage <> 'cancelled'
    ) AS appraised
    FROM person WHERE person.agency_id = :agency AND person.id = ANY (:people)
""").bindparams(
    bindparam("cycle", type_=Uuid()),
    bindparam("agency", type_=Uuid()),
    bindparam("people", type_=ARRAY(Uuid())),
)
_ZONE = text("""
    SELECT COALESCE(NULLIF(unit.zone, ''), agency.zone) FROM unit JOIN agency ON agency.id = unit.agency_id
    WHERE unit.id = :unit AND unit.agency_id = :agency
""").bindparams(bindparam("unit", type_=Uuid()), bindparam("agency", type_=Uuid()))


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody of the agency, and whether he has a case in the cycle."""

    appraised: bool


async def standings(
    connection: AsyncConnection, agency: uuid.UUID, cycle: uuid.UUID, people: Collection[uuid.UUID]
) -> dict[uuid.UUID, Standing]:
    """Those of some people who belong to the agency."""
    parameters = {"agency": agency, "cycle": cycle, "people": list(people)}
    rows = await connection.execute(_PEOPLE, parameters)
    return {row.id: Standing(row.appraised) for row in rows}


async def zone_of_unit(connection: AsyncConnection, agency: uuid.UUID, unit: uuid.UUID) -> str | None:
    """The time zone of a unit of the agency; None where it has no such unit."""
    zone: str | None = await connection.scalar(_ZONE, {"agency": agency, "unit": unit})
    return zone
