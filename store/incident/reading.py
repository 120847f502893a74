"""Reads what is stuck, the oldest first, and counts it."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import DateTime, Integer, Text, Uuid, bindparam, func, label, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.base import enumerated
from store.constant import constant
from store.cycle.table import Cycle
from store.incident.finding import FINDING
from store.incident.kinds import IncidentKind
from store.launch.table import LaunchOutcomeRow
from store.rows import all_rows

_ASKED = (
    bindparam("agency", type_=Uuid()),
    bindparam("now", type_=DateTime(timezone=True)),
    bindparam("kind", type_=Text()),
)
_KIND = enumerated(IncidentKind)
_PAGE_TEXT = text(f"""
    WITH {FINDING}
    SELECT found.kind, found.since, found.key, COALESCE(cycles.moment, :now) AS moment, found.appraisal_id,
        appraisal.stage, found.capacity, appraisal.due_on,
        COALESCE(CAST(appraisal.snapshot -> 'deadline' ->> 'lapsed' AS boolean), false) AS overdue,
        employee.id AS employee_id, employee.name AS employee, unit.id AS unit_id, unit.name AS unit,
        cycles.id AS cycle_id, cycles.name AS cycle, found.operation_id, operation.kind AS operation_kind,
        found.code, found.detail
    FROM (
        SELECT * FROM incident
        WHERE (:kind IS NULL OR kind = :kind) AND (:after_key IS NULL OR (since, key) > (:after_since, :after_key))
        ORDER BY since, key LIMIT :limit
    ) AS found
    LEFT JOIN appraisal ON appraisal.id = found.appraisal_id
    LEFT JOIN cycles ON cycles.id = appraisal.cycle_id
    JOIN person AS employee ON employee.id = COALESCE(appraisal.employee_id, found.person_id)
    JOIN unit ON unit.id = COALESCE(appraisal.unit_id, employee.unit_id)
    LEFT JOIN operation ON operation.id = found.operation_id
    ORDER BY found.since, found.key
""").bindparams(  # noqa: S608  # only constants are put in
    *_ASKED,
    bindparam("after_since", type_=DateTime(timezone=True)),
    bindparam("after_key", type_=Text()),
    bindparam("limit", type_=Integer()),
)
_PAGE = _PAGE_TEXT.columns(kind=_KIND)
_COUNTS_TEXT = text(f"""
    WITH {FINDING} SELECT kind, count(*), min(since) AS oldest FROM incident GROUP BY kind ORDER BY kind
""").bindparams(*_ASKED)  # noqa: S608  # only constants are put in
_COUNTS = _COUNTS_TEXT.columns(kind=_KIND)
_SKIPPED, _FAILED = (
    col(LaunchOutcomeRow.outcome) == constant("skipped"),
    col(LaunchOutcomeRow.outcome) == constant("failed"),
)
_MISSING = (
    select(
        label("cycle_id", col(Cycle.id)),
        label("cycle", col(Cycle.name)),
        func.count().filter(_SKIPPED).label("skipped"),
        func.count().filter(_FAILED).label("failed"),
    )
    .join(LaunchOutcomeRow, (col(LaunchOutcomeRow.cycle_id) == Cycle.id) & or_(_SKIPPED, _FAILED))
    .where(col(Cycle.agency_id) == bindparam("agency"))
    .group_by(col(Cycle.id))
    .order_by(col(Cycle.year).desc(), col(Cycle.name))
)


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that is stuck."""

    kind: IncidentKind
    since: dt.datetime
    """Since when it waits, in business time."""
    key: str
    """Tells incidents of one moment apart."""
    moment: dt.datetime
    """Now, in the appraisal's own time."""
    appraisal_id: uuid.UUID | None
    """None if the incident concerns a person and not one appraisal."""
    stage: str | None
    capacity: str | None
    """The capacity that is awaited."""
    due_on: dt.date | None
    overdue: bool
    employee_id: uuid.UUID
    """The employee of the appraisal, or the person whom it concerns."""
    employee: str
    unit_id: uuid.UUID
    unit: str
    cycle_id: uuid.UUID | None
    cycle: str | None
    operation_id: uuid.UUID | None
    operation_kind: str | None
    code: str
    """Why an operation was refused or failed."""
    detail: dict[str, Any]


@dataclass(frozen=True, slots=True)
class IncidentCount:
    """How many incidents of a kind there are, and since when the oldest waits."""

    kind: IncidentKind
    count: int
    oldest: dt.datetime


@dataclass(frozen=True, slots=True)
class MissingFromLaunch:
    """How many people the launches of a cycle left out."""

    cycle_id: uuid.UUID
    cycle: str
    skipped: int
    failed: int


async def incidents(
    connection: AsyncConnection,
    agency: uuid.UUID,
    now: dt.datetime,
    *,
    kind: IncidentKind | None,
    after: tuple[dt.datetime, str] | None,
    limit: int,
) -> list[Incident]:
    """What is stuck in an agency at the real moment ``now``, the oldest first."""
    rows = await connection.execute(
        _PAGE,
        {
            "agency": agency,
            "now": now,
            "kind": kind,
            "after_since": after[0] if after else None,
            "after_key": after[1] if after else None,
            "limit": limit,
        },
    )
    return all_rows(Incident, rows)


async def incident_counts(
    connection: AsyncConnection, agency: uuid.UUID, now: dt.datetime
) -> list[IncidentCount]:
    """How much of each kind is stuck; kinds without any are left out."""
    rows = await connection.execute(_COUNTS, {"agency": agency, "now": now, "kind": None})
    return all_rows(IncidentCount, rows)


async def missing_from_launches(connection: AsyncConnection, agency: uuid.UUID) -> list[MissingFromLaunch]:
    """The cycles whose launches left people out, the latest year first."""
    return all_rows(MissingFromLaunch, await connection.execute(_MISSING, {"agency": agency}))
