"""Finds the units and people that somebody names for a launch."""

import uuid
from collections.abc import Sequence

from sqlalchemy import ARRAY, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

_AGENCY = bindparam("agency", type_=Uuid())
_IDS = bindparam("ids", type_=ARRAY(Uuid()))
_OWNER = text("SELECT agency_id FROM cycle WHERE id = :cycle").bindparams(bindparam("cycle", type_=Uuid()))
_UNITS = text("SELECT id FROM unit WHERE agency_id = :agency AND id = ANY(:ids)").bindparams(_AGENCY, _IDS)
_PEOPLE = text("SELECT id FROM person WHERE agency_id = :agency AND id = ANY(:ids)").bindparams(_AGENCY, _IDS)
_CODES = text("SELECT code, id FROM unit WHERE agency_id = :agency AND code = ANY(:codes)").bindparams(
    _AGENCY, bindparam("codes", type_=ARRAY(Text()))
)


async def agency_of(connection: AsyncConnection, cycle: uuid.UUID) -> uuid.UUID:
    """The agency of a cycle that is there."""
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
