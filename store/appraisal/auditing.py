"""Reads the whole record, appraisal by appraisal, for proof and export."""

import datetime as dt
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, Select, Text, Uuid, any_, bindparam, cast, func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from store.agency.table import Agency
from store.appraisal.table import AppraisalRow, EventRow
from store.cycle.table import Cycle
from store.rows import all_rows

_PAGE = 100

_AGENCY = bindparam("agency", type_=Text())
_CYCLE = bindparam("cycle", type_=Text())
_APPRAISAL = bindparam("appraisal", type_=Uuid())
_AFTER = bindparam("after", type_=Uuid())


def _chosen(columns: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        columns.select_from(AppraisalRow)
        .join(Cycle, col(Cycle.id) == col(AppraisalRow.cycle_id))
        .join(Agency, col(Agency.id) == col(Cycle.agency_id))
        .where(
            or_(_AGENCY.is_(None), col(Agency.name) == _AGENCY),
            or_(_CYCLE.is_(None), col(Cycle.name) == _CYCLE, cast(col(Cycle.id), Text) == _CYCLE),
            or_(_APPRAISAL.is_(None), col(AppraisalRow.id) == _APPRAISAL),
        )
    )


_COUNT = _chosen(select(func.count()))
_APPRAISALS = (
    _chosen(
        select(
            col(AppraisalRow.id),
            col(AppraisalRow.employee_id),
            col(AppraisalRow.stage),
            col(AppraisalRow.sequence),
            col(AppraisalRow.revision),
            col(AppraisalRow.due_on),
            col(AppraisalRow.outcome),
            col(AppraisalRow.entered_at),
            col(AppraisalRow.calendar),
            col(AppraisalRow.head),
            col(AppraisalRow.snapshot),
        )
    )
    .where(or_(_AFTER.is_(None), col(AppraisalRow.id) > _AFTER))
    .order_by(col(AppraisalRow.id))
    .limit(bindparam("limit"))
)
_EVENTS = (
    select(
        col(EventRow.appraisal_id).label("appraisal"),
        col(EventRow.sequence),
        col(EventRow.kind),
        col(EventRow.body),
        col(EventRow.command_id),
        col(EventRow.fingerprint),
        col(EventRow.actor_id),
        col(EventRow.at),
        col(EventRow.recorded_at),
        col(EventRow.hash),
    )
    .where(col(EventRow.appraisal_id) == any_(bindparam("appraisals", type_=ARRAY(Uuid()))))
    .order_by(col(EventRow.appraisal_id), col(EventRow.sequence))
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Which appraisals to read; all of them if nothing is given."""

    agency: str | None = None
    """Name."""
    cycle: str | None = None
    """Name or id."""
    appraisal: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class AuditedEvent:
    """One event with every column, as stored."""

    appraisal: uuid.UUID
    sequence: int
    kind: str
    body: dict[str, Any]
    command_id: str
    fingerprint: str
    actor_id: uuid.UUID | None
    at: dt.datetime
    recorded_at: dt.datetime
    hash: str


@dataclass(frozen=True, slots=True)
class AuditedAppraisal:
    """One appraisal as stored, with its events in the order of their sequences."""

    id: uuid.UUID
    employee_id: uuid.UUID
    stage: str
    sequence: int
    revision: int
    due_on: dt.date | None
    outcome: str | None
    entered_at: dt.datetime
    calendar: str
    head: str
    snapshot: dict[str, Any]
    events: tuple[AuditedEvent, ...]


async def count_appraisals(database: AsyncEngine, scope: Scope) -> int:
    """How many appraisals the scope holds."""
    async with database.connect() as connection:
        return int(await connection.scalar(_COUNT, _parameters(scope)) or 0)


async def audited(database: AsyncEngine, scope: Scope) -> AsyncIterator[AuditedAppraisal]:
    """Every appraisal of the scope, a hundred at a time in memory.

    All are read as of one moment, so that events recorded meanwhile do not look like contradictions.
    """
    frozen = database.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    async with frozen.connect() as connection:
        after: uuid.UUID | None = None
        while True:
            page = await _page(connection, scope, after)
            for appraisal in page:
                yield appraisal
            if len(page) < _PAGE:
                return
            after = page[-1].id


async def _page(connection: AsyncConnection, scope: Scope, after: uuid.UUID | None) -> list[AuditedAppraisal]:
    parameters = _parameters(scope) | {"after": after, "limit": _PAGE}
    rows = (await connection.execute(_APPRAISALS, parameters)).all()
    events: dict[uuid.UUID, list[AuditedEvent]] = {row.id: [] for row in rows}
    for event in all_rows(AuditedEvent, await connection.execute(_EVENTS, {"appraisals": list(events)})):
        events[event.appraisal].append(event)
    return [AuditedAppraisal(**row._mapping, events=tuple(events[row.id])) for row in rows]


def _parameters(scope: Scope) -> dict[str, Any]:
    return {"agency": scope.agency, "cycle": scope.cycle, "appraisal": scope.appraisal}
