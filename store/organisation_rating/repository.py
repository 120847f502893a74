"""Writes and reads the predicates of units. Whoever calls this has checked the rights."""

import datetime as dt
import uuid
from dataclasses import asdict, dataclass

from sqlalchemy import DateTime, Integer, String, Uuid, bindparam, func, label, or_, select, tuple_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.base import new_id
from store.organisation_rating.table import OrganisationRatingRow
from store.person.table import Person
from store.rows import all_rows, one_row

_ID, _SET_AT = col(OrganisationRatingRow.id), col(OrganisationRatingRow.set_at)
_AFTER_SET, _AFTER_ID = (
    bindparam("after_set", type_=DateTime(timezone=True)),
    bindparam("after_id", type_=Uuid()),
)
_LINES = select(
    _ID,
    col(OrganisationRatingRow.level),
    col(OrganisationRatingRow.reason),
    label("set_by_id", col(OrganisationRatingRow.set_by)),
    label("set_by", col(Person.name)),
    _SET_AT,
    col(OrganisationRatingRow.fingerprint),
).join(Person, col(Person.id) == col(OrganisationRatingRow.set_by))
_PAGE = (
    _LINES.where(
        col(OrganisationRatingRow.cycle_id) == bindparam("cycle", type_=Uuid()),
        col(OrganisationRatingRow.unit_id) == bindparam("unit", type_=Uuid()),
        or_(_AFTER_ID.is_(None), tuple_(_SET_AT, _ID) < tuple_(_AFTER_SET, _AFTER_ID)),
    )
    .order_by(_SET_AT.desc(), _ID.desc())
    .limit(bindparam("limit", type_=Integer()))
)
_UNDER_KEY = _LINES.where(
    col(OrganisationRatingRow.set_by) == bindparam("person", type_=Uuid()),
    col(OrganisationRatingRow.key) == bindparam("key", type_=String()),
)
_SET = (
    insert(OrganisationRatingRow)
    .values(set_at=func.clock_timestamp())
    .on_conflict_do_nothing(index_elements=["set_by", "key"])
)


@dataclass(frozen=True, slots=True)
class UnitLevel:
    """The predicate that a unit was given at a moment."""

    id: uuid.UUID
    level: str
    reason: str
    set_by_id: uuid.UUID
    set_by: str
    set_at: dt.datetime
    fingerprint: str


@dataclass(frozen=True, slots=True)
class NewUnitLevel:
    """A predicate to be given to a unit: by whom, under which key, and why."""

    cycle_id: uuid.UUID
    unit_id: uuid.UUID
    level: str
    reason: str
    set_by: uuid.UUID
    key: str
    fingerprint: str


async def set_level(connection: AsyncConnection, new: NewUnitLevel) -> None:
    """Puts it on record beside the earlier ones; nothing is written where the person used the key before."""
    await connection.execute(_SET, {"id": new_id(), **asdict(new)})


async def level_under(connection: AsyncConnection, person: uuid.UUID, key: str) -> UnitLevel | None:
    """What the person set under this key before."""
    row = (await connection.execute(_UNDER_KEY, {"person": person, "key": key})).one_or_none()
    return None if row is None else one_row(UnitLevel, row)


async def levels(
    connection: AsyncConnection,
    cycle: uuid.UUID,
    unit: uuid.UUID,
    *,
    after: tuple[dt.datetime, uuid.UUID] | None,
    limit: int,
) -> list[UnitLevel]:
    """The predicates of a unit in a cycle, the latest first."""
    parameters = {
        "cycle": cycle,
        "unit": unit,
        "after_set": after[0] if after else None,
        "after_id": after[1] if after else None,
        "limit": limit,
    }
    return all_rows(UnitLevel, await connection.execute(_PAGE, parameters))


async def present_level(connection: AsyncConnection, cycle: uuid.UUID, unit: uuid.UUID) -> UnitLevel | None:
    """The predicate that counts; None where none is set yet."""
    found = await levels(connection, cycle, unit, after=None, limit=1)
    return found[0] if found else None
