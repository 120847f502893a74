"""Reads the whole record, appraisal by appraisal, for proof and export."""

import datetime as dt
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

_PAGE = 100

_CHOSEN = """
    FROM appraisal JOIN cycle ON cycle.id = appraisal.cycle_id JOIN agency ON agency.id = cycle.agency_id
    WHERE (CAST(:agency AS text) IS NULL OR agency.name = :agency)
        AND (CAST(:cycle AS text) IS NULL OR cycle.name = :cycle OR cycle.id::text = :cycle)
        AND (CAST(:appraisal AS uuid) IS NULL OR appraisal.id = :appraisal)
"""
_SCOPE = (
    bindparam("agency", type_=Text()),
    bindparam("cycle", type_=Text()),
    bindparam("appraisal", type_=Uuid()),
)
_COUNT = text(f"SELECT count(*) {_CHOSEN}").bindparams(*_SCOPE)  # only the constant above
_APPRAISALS = text(f"""
    SELECT appraisal.id, employee_id, stage, sequence, revision, due_on, outcome, entered_at, calendar, head,
        snapshot
    {_CHOSEN} AND (CAST(:after AS uuid) IS NULL OR appraisal.id > :after)
    ORDER BY appraisal.id LIMIT :limit
""").bindparams(*_SCOPE, bindparam("after", type_=Uuid()))  # only the constant above
_EVENTS = text("""
    SELECT appraisal_id, sequence, kind, body, command_id, fingerprint, actor_id, at, recorded_at, hash
    FROM event WHERE appraisal_id = ANY(:appraisals) ORDER BY appraisal_id, sequence
""").bindparams(bindparam("appraisals", type_=ARRAY(Uuid())))


@dataclass(frozen=True, slots=True)
class Scope:
    """Which appraisals are meant; all of them where nothing is given."""

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

    All are read as of one moment, so that what is recorded meanwhile looks like no contradiction.
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
    for event in await connection.execute(_EVENTS, {"appraisals": list(events)}):
        events[event.appraisal_id].append(AuditedEvent(*event))
    return [AuditedAppraisal(**row._mapping, events=tuple(events[row.id])) for row in rows]


def _parameters(scope: Scope) -> dict[str, Any]:
    return {"agency": scope.agency, "cycle": scope.cycle, "appraisal": scope.appraisal}
