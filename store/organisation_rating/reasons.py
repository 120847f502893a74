"""Writes and reads why the ratings of a unit are spread as they are. Whoever calls this has checked the rights."""

import datetime as dt
import uuid
from dataclasses import asdict, dataclass

from sqlalchemy import String, Uuid, bindparam, func, label, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.base import new_id
from store.organisation_rating.table import DistributionReasonRow
from store.person.table import Person
from store.rows import one_row

_LINES = select(
    col(DistributionReasonRow.id),
    col(DistributionReasonRow.reason),
    label("given_by_id", col(DistributionReasonRow.given_by)),
    label("given_by", col(Person.name)),
    col(DistributionReasonRow.given_at),
    col(DistributionReasonRow.fingerprint),
).join(Person, col(Person.id) == col(DistributionReasonRow.given_by))
_LATEST = (
    _LINES.where(
        col(DistributionReasonRow.cycle_id) == bindparam("cycle", type_=Uuid()),
        col(DistributionReasonRow.unit_id) == bindparam("unit", type_=Uuid()),
    )
    .order_by(col(DistributionReasonRow.given_at).desc(), col(DistributionReasonRow.id).desc())
    .limit(1)
)
_UNDER_KEY = _LINES.where(
    col(DistributionReasonRow.given_by) == bindparam("person", type_=Uuid()),
    col(DistributionReasonRow.key) == bindparam("key", type_=String()),
)
_GIVE = (
    insert(DistributionReasonRow)
    .values(given_at=func.clock_timestamp())
    .on_conflict_do_nothing(index_elements=["given_by", "key"])
)


@dataclass(frozen=True, slots=True)
class DistributionReason:
    """Why the ratings of a unit are spread as they are."""

    id: uuid.UUID
    reason: str
    given_by_id: uuid.UUID
    given_by: str
    given_at: dt.datetime
    fingerprint: str


@dataclass(frozen=True, slots=True)
class NewDistributionReason:
    """A reason to be put on record: by whom, and under which key."""

    cycle_id: uuid.UUID
    unit_id: uuid.UUID
    reason: str
    given_by: uuid.UUID
    key: str
    fingerprint: str


async def give_reason(connection: AsyncConnection, new: NewDistributionReason) -> None:
    """Puts it on record beside the earlier ones; nothing is written where the person used the key before."""
    await connection.execute(_GIVE, {"id": new_id(), **asdict(new)})


async def reason_under(connection: AsyncConnection, person: uuid.UUID, key: str) -> DistributionReason | None:
    """What the person gave under this key before."""
    row = (await connection.execute(_UNDER_KEY, {"person": person, "key": key})).one_or_none()
    return None if row is None else one_row(DistributionReason, row)


async def latest_reason(
    connection: AsyncConnection, cycle: uuid.UUID, unit: uuid.UUID
) -> DistributionReason | None:
    """The reason that was given last; None where there is none."""
    row = (await connection.execute(_LATEST, {"cycle": cycle, "unit": unit})).one_or_none()
    return None if row is None else one_row(DistributionReason, row)
