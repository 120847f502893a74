"""Reads cycles page by page."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, or_, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import DateTime, Uuid
from sqlmodel import col

from states.working_days import WorkingDays
from store.cycle.table import Cycle
from store.rows import all_rows

_SUMMARIES = select(
    col(Cycle.id),
    col(Cycle.name),
    col(Cycle.year),
    col(Cycle.scheme),
    col(Cycle.rehearsal),
    col(Cycle.created_at),
    col(Cycle.launched_at),
    col(Cycle.working_days),
).where(col(Cycle.agency_id) == bindparam("agency"))
_AFTER_CREATED = bindparam("after_created", type_=DateTime(timezone=True))
_AFTER_ID = bindparam("after_id", type_=Uuid())
_PAGE = (
    _SUMMARIES.where(
        or_(
            _AFTER_ID.is_(None),
            tuple_(col(Cycle.created_at), col(Cycle.id)) < tuple_(_AFTER_CREATED, _AFTER_ID),
        )
    )
    .order_by(col(Cycle.created_at).desc(), col(Cycle.id).desc())
    .limit(bindparam("limit"))
)
_ONE = _SUMMARIES.where(col(Cycle.id) == bindparam("cycle"))
_STAGES = text("""
    SELECT stage, count(*) AS appraisals, count(*) FILTER (WHERE started_at IS NOT NULL) AS started,
        count(*) FILTER (WHERE CAST(snapshot -> 'deadline' ->> 'lapsed' AS boolean)) AS overdue
    FROM appraisal WHERE cycle_id = :cycle GROUP BY stage ORDER BY stage
""").bindparams(bindparam("cycle", type_=Uuid()))


@dataclass(frozen=True, slots=True)
class CycleSummary:
    """One year's appraisals of an agency."""

    id: uuid.UUID
    name: str
    year: int
    scheme: str
    rehearsal: bool
    created_at: dt.datetime
    launched_at: dt.datetime | None
    working_days: WorkingDays


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many appraisals of a cycle stand in one stage."""

    stage: str
    appraisals: int
    started: int
    """Of these, how many have a running workflow or had one."""
    overdue: int


async def cycles(
    connection: AsyncConnection,
    agency: uuid.UUID,
    *,
    after: tuple[dt.datetime, uuid.UUID] | None,
    limit: int,
) -> list[CycleSummary]:
    """The cycles of an agency, the newest first."""
    parameters: dict[str, Any] = {
        "agency": agency,
        "after_created": after[0] if after else None,
        "after_id": after[1] if after else None,
        "limit": limit,
    }
    return [_summary(row) for row in await connection.execute(_PAGE, parameters)]


async def cycle(connection: AsyncConnection, cycle: uuid.UUID, agency: uuid.UUID) -> CycleSummary | None:
    """A cycle of the agency, or None."""
    row = (await connection.execute(_ONE, {"cycle": cycle, "agency": agency})).one_or_none()
    return None if row is None else _summary(row)


async def stage_counts(connection: AsyncConnection, cycle: uuid.UUID) -> list[StageCount]:
    """How many appraisals of a cycle stand in each stage."""
    return all_rows(StageCount, await connection.execute(_STAGES, {"cycle": cycle}))


def _summary(row: Row[Any]) -> CycleSummary:
    return CycleSummary(
        id=row.id,
        name=row.name,
        year=row.year,
        scheme=row.scheme,
        rehearsal=row.rehearsal,
        created_at=row.created_at,
        launched_at=row.launched_at,
        working_days=WorkingDays.model_validate(row.working_days, strict=False),
    )
