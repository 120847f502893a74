"""Reads how far the engine is behind the record, and which cases it should have been told about."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, Integer, Interval, Select, Uuid, any_, bindparam, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.appraisal.table import AppraisalRow
from store.following.table import UNCONFIRMED, FollowingRow
from store.rows import one_row

_AMONG = any_(bindparam("appraisals", type_=ARRAY(Uuid())))
_PATIENCE = bindparam("patience", type_=Interval())
_UNCONFIRMED = col(FollowingRow.followed).is_distinct_from(col(FollowingRow.sequence))
_MISSED = (col(FollowingRow.wake_at) < func.now() - _PATIENCE) & (col(FollowingRow.trouble) == "")

_LAG: Select[*tuple[Any, ...]] = select(
    func.count().label("cases"),
    func.min(col(FollowingRow.marked_at)).label("oldest"),
    func.now().label("at"),
).where(_UNCONFIRMED)
_OVERDUE = select(func.count()).select_from(
    select(col(FollowingRow.appraisal_id)).where(_MISSED).limit(10_000).subquery("late")
)
_WEDGED = text(f"""
    (SELECT appraisal_id FROM following
        WHERE wake_at < now() - :patience AND trouble = '' ORDER BY wake_at LIMIT :limit)
    UNION
    (SELECT appraisal_id FROM following WHERE {UNCONFIRMED} AND attempts > 3 LIMIT :limit)
""").bindparams(_PATIENCE, bindparam("limit", type_=Integer()))  # noqa: S608  # UNCONFIRMED is the condition of an index
_OPEN = select(col(AppraisalRow.id)).where(
    col(AppraisalRow.id) == _AMONG,
    or_(
        col(AppraisalRow.holder).is_not(None),
        col(AppraisalRow.updated_at) > func.now() - bindparam("lately", type_=Interval()),
    ),
)
_WAITING = select(func.count()).where(col(FollowingRow.appraisal_id) == _AMONG, _UNCONFIRMED)


@dataclass(frozen=True, slots=True)
class Lag:
    """How far the engine is behind the record."""

    cases: int
    oldest: dt.datetime | None
    """Since when the longest waiting of them waits; None if none waits."""
    at: dt.datetime
    """When this was read, by the clock of the database."""

    @property
    def seconds(self) -> float:
        """How long the oldest has waited."""
        return 0.0 if self.oldest is None else max(0.0, (self.at - self.oldest).total_seconds())


async def lag(connection: AsyncConnection) -> Lag:
    """How many cases have events that the engine has not been told, and since when."""
    return one_row(Lag, (await connection.execute(_LAG)).one())


async def overdue_wakes(connection: AsyncConnection, patience: dt.timedelta) -> int:
    """The number of cases on which time should have acted ``patience`` ago and has not; counted up to 10 000.

    Cases with a damaged record are not counted: they are incidents of their own.
    """
    return int(await connection.scalar(_OVERDUE, {"patience": patience}) or 0)


async def wedged_candidates(connection: AsyncConnection, limit: int) -> list[uuid.UUID]:
    """Cases on which time should have acted two minutes ago, or that the engine was repeatedly told about in vain."""
    parameters = {"patience": dt.timedelta(minutes=2), "limit": limit}
    return list((await connection.execute(_WEDGED, parameters)).scalars())


async def open_among(
    connection: AsyncConnection,
    appraisals: Collection[uuid.UUID],
    *,
    lately: dt.timedelta,
) -> set[uuid.UUID]:
    """Those of the ids that belong to open cases, or to cases closed so ``lately`` that their workflows may run."""
    parameters = {"appraisals": list(appraisals), "lately": lately}
    return set((await connection.execute(_OPEN, parameters)).scalars())


async def waiting_among(connection: AsyncConnection, appraisals: Collection[uuid.UUID]) -> int:
    """How many of the cases have events that the engine has not been told."""
    return int(await connection.scalar(_WAITING, {"appraisals": list(appraisals)}) or 0)
