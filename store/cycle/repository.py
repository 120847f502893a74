"""Reads cycles page by page."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import DateTime, Uuid

from states.working_days import WorkingDays

_COLUMNS = "cycle.id, name, year, scheme, rehearsal, created_at, launched_at, working_days"
_AGENCY = bindparam("agency", type_=Uuid())
_PAGE = text(f"""
    SELECT {_COLUMNS} FROM cycle
    WHERE agency_id = :agency
        AND (:after_id IS NULL OR (created_at, id) < (:after_created, :after_id))
    ORDER BY created_at DESC, id DESC LIMIT :limit
""").bindparams(  # noqa: S608  # parts of SQL, never input
    _AGENCY,
    bindparam("after_created", type_=DateTime(timezone=True)),
    bindparam("after_id", type_=Uuid()),
)
_ONE = text(f"SELECT {_COLUMNS} FROM cycle WHERE id = :cycle AND agency_id = :agency").bindparams(  # noqa: S608  # parts of SQL, never input
    _AGENCY, bindparam("cycle", type_=Uuid())
)
_STAGES = text("""
    SELECT stage, count(*), count(*) FILTER (WHERE started_at IS NOT NULL),
        count(*) FILTER (WHERE CAST(snapshot -> 'deadline' ->> 'lapsed' AS boolean))
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
    """How many appraisals of a cycle stand where."""
    return [StageCount(*row) for row in await connection.execute(_STAGES, {"cycle": cycle})]


def _summary(row: Row[Any]) -> CycleSummary:
    fields: list[Any] = [*row[:-1], WorkingDays.model_validate(row.working_days, strict=False)]
    return CycleSummary(*fields)
