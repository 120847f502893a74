"""Finds what a requested change names in the words of the personnel files: people by NIP, cycles by name."""

import datetime as dt
import uuid
from collections.abc import Collection

from sqlalchemy import ARRAY, DateTime, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

_AGENCY = bindparam("agency", type_=Uuid())
_WANTED = bindparam("wanted", type_=ARRAY(Text()))
_PEOPLE = text("SELECT nip, id FROM person WHERE agency_id = :agency AND nip = ANY(:wanted)").bindparams(
    _AGENCY, _WANTED
)
_CYCLES = text("SELECT name, id FROM cycle WHERE agency_id = :agency AND name = ANY(:wanted)").bindparams(
    _AGENCY, _WANTED
)
_SUBSTITUTIONS = text("""
    SELECT person.nip, substitution.id
    FROM person JOIN substitution ON substitution.official_id = person.id
    WHERE person.agency_id = :agency AND person.nip = ANY(:wanted)
        AND substitution.valid_from <= :moment
        AND (substitution.valid_until IS NULL OR substitution.valid_until > :moment)
    ORDER BY substitution.valid_from
""").bindparams(_AGENCY, _WANTED, bindparam("moment", type_=DateTime(timezone=True)))


async def people_by_nip(
    connection: AsyncConnection, agency: uuid.UUID, nips: Collection[str]
) -> dict[str, uuid.UUID]:
    """The people of the agency who have one of ``nips``."""
    rows = await connection.execute(_PEOPLE, {"agency": agency, "wanted": list(nips)})
    return {row.nip: row.id for row in rows}


async def cycles_by_name(
    connection: AsyncConnection, agency: uuid.UUID, names: Collection[str]
) -> dict[str, uuid.UUID]:
    """The cycles of the agency that have one of ``names``."""
    rows = await connection.execute(_CYCLES, {"agency": agency, "wanted": list(names)})
    return {row.name: row.id for row in rows}


async def substitutions_by_official(
    connection: AsyncConnection, agency: uuid.UUID, nips: Collection[str], moment: dt.datetime
) -> dict[str, uuid.UUID]:
    """The substitution that is in force at a business moment for each official who has one of ``nips``."""
    rows = await connection.execute(
        _SUBSTITUTIONS, {"agency": agency, "wanted": list(nips), "moment": moment}
    )
    return {row.nip: row.id for row in rows}
