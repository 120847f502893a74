"""Finds units: by their code, and those whose service the public is asked about."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Integer, Text, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from store.rows import all_rows

_ASKED_ABOUT = text("""
    SELECT unit.id, unit.name, cycle.year
    FROM public_link JOIN unit ON unit.id = public_link.unit_id JOIN cycle ON cycle.id = :cycle
    WHERE unit.id = ANY (:units) ORDER BY unit.name, unit.id LIMIT :most
""").bindparams(
    bindparam("cycle", type_=Uuid()),
    bindparam("units", type_=ARRAY(Uuid())),
    bindparam("most", type_=Integer()),
)
_OF_CYCLE = text("""
    SELECT unit.id, unit.agency_id AS agency FROM cycle
    JOIN unit ON unit.agency_id = cycle.agency_id AND unit.code = :code
    WHERE cycle.id = :cycle
""").bindparams(bindparam("cycle", type_=Uuid()), bindparam("code", type_=Text()))


@dataclass(frozen=True, slots=True)
class ServiceUnit:
    """A unit whose service the public is asked about."""

    id: uuid.UUID
    name: str
    year: int
    """Of the cycle."""


@dataclass(frozen=True, slots=True)
class UnitOfCycle:
    """A unit of the agency of a cycle."""

    id: uuid.UUID
    agency: uuid.UUID


async def service_units(
    connection: AsyncConnection, cycle: uuid.UUID, units: Collection[uuid.UUID], most: int
) -> list[ServiceUnit]:
    """Those of the units whose service the public is asked about, by name, at most so many."""
    given = {"cycle": cycle, "units": list(units), "most": most}
    return all_rows(ServiceUnit, await connection.execute(_ASKED_ABOUT, given))


async def unit_with_code(connection: AsyncConnection, cycle: uuid.UUID, code: str) -> UnitOfCycle | None:
    """The unit that the roster calls so in the agency of a cycle; None where there is none."""
    rows = await connection.execute(_OF_CYCLE, {"cycle": cycle, "code": code})
    return next(iter(all_rows(UnitOfCycle, rows)), None)
