"""Finds the units and people that somebody names for a launch."""

import uuid
from collections.abc import Sequence

from sqlalchemy import ARRAY, Text, Uuid, any_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.agency.table import OrganisationUnit
from store.cycle.table import Cycle
from store.person.table import Person

_AGENCY = bindparam("agency", type_=Uuid())
_IDS = bindparam("ids", type_=ARRAY(Uuid()))
_OWNER = select(col(Cycle.agency_id)).where(col(Cycle.id) == bindparam("cycle"))
_UNITS = select(col(OrganisationUnit.id)).where(
    col(OrganisationUnit.agency_id) == _AGENCY, col(OrganisationUnit.id) == any_(_IDS)
)
_PEOPLE = select(col(Person.id)).where(col(Person.agency_id) == _AGENCY, col(Person.id) == any_(_IDS))
_CODES = select(col(OrganisationUnit.code), col(OrganisationUnit.id)).where(
    col(OrganisationUnit.agency_id) == _AGENCY,
    col(OrganisationUnit.code) == any_(bindparam("codes", type_=ARRAY(Text()))),
)


async def agency_of(connection: AsyncConnection, cycle: uuid.UUID) -> uuid.UUID:
    """The agency of an existing cycle."""
    owner: uuid.UUID = (await connection.execute(_OWNER, {"cycle": cycle})).scalar_one()
    return owner


async def units_of(
    connection: AsyncConnection, agency: uuid.UUID, ids: Sequence[uuid.UUID]
) -> set[uuid.UUID]:
    """Those of ``ids`` that are units of the agency."""
    return set((await connection.execute(_UNITS, {"agency": agency, "ids": list(ids)})).scalars())


async def people_of(
    connection: AsyncConnection, agency: uuid.UUID, ids: Sequence[uuid.UUID]
) -> set[uuid.UUID]:
    """Those of ``ids`` that are people of the agency."""
    return set((await connection.execute(_PEOPLE, {"agency": agency, "ids": list(ids)})).scalars())


async def units_by_code(
    connection: AsyncConnection, agency: uuid.UUID, codes: Sequence[str]
) -> dict[str, uuid.UUID]:
    """The units of the agency that have one of ``codes``."""
    rows = await connection.execute(_CODES, {"agency": agency, "codes": list(codes)})
    return {row.code: row.id for row in rows}
