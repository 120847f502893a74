"""Finds what a requested change names in the words of the personnel files: people by NIP, cycles by name."""

import datetime as dt
import uuid
from collections.abc import Collection

from sqlalchemy import ARRAY, DateTime, Text, Uuid, any_, bindparam, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.cycle.table import Cycle
from store.person.table import Person
from store.substitution.table import SubstitutionRow

_AGENCY = bindparam("agency", type_=Uuid())
_WANTED = any_(bindparam("wanted", type_=ARRAY(Text())))
_MOMENT = bindparam("moment", type_=DateTime(timezone=True))
_PEOPLE = select(col(Person.nip), col(Person.id)).where(
    col(Person.agency_id) == _AGENCY, col(Person.nip) == _WANTED
)
_CYCLES = select(col(Cycle.name), col(Cycle.id)).where(
    col(Cycle.agency_id) == _AGENCY, col(Cycle.name) == _WANTED
)
_SUBSTITUTIONS = (
    select(col(Person.nip), col(SubstitutionRow.id))
    .select_from(Person)
    .join(SubstitutionRow, col(SubstitutionRow.official_id) == col(Person.id))
    .where(
        col(Person.agency_id) == _AGENCY,
        col(Person.nip) == _WANTED,
        col(SubstitutionRow.valid_from) <= _MOMENT,
        or_(col(SubstitutionRow.valid_until).is_(None), col(SubstitutionRow.valid_until) > _MOMENT),
    )
    .order_by(col(SubstitutionRow.valid_from))
)


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
