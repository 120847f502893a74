"""Reads what the launches of a cycle came to, person by person."""

import datetime as dt
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Row, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from store.launch.outcomes import Outcome

ROWS_AT_ONCE = 1_000

_PAGE = text("""
    SELECT person.id, person.name, person.title_before, person.title_after, person.nip, unit.id, unit.code,
        unit.name, launch_outcome.outcome, launch_outcome.reason, launch_outcome.appraisal_id, launch_outcome.at
    FROM launch_outcome
    JOIN person ON person.id = launch_outcome.person_id
    JOIN unit ON unit.id = person.unit_id
    WHERE launch_outcome.cycle_id = :cycle
        AND (:outcome IS NULL OR launch_outcome.outcome = :outcome)
        AND (:reason IS NULL OR launch_outcome.reason = :reason)
        AND (:after IS NULL OR launch_outcome.person_id > :after)
    ORDER BY launch_outcome.person_id LIMIT :limit
""").bindparams(
    bindparam("cycle", type_=Uuid()),
    bindparam("outcome", type_=Text()),
    bindparam("reason", type_=Text()),
    bindparam("after", type_=Uuid()),
    bindparam("limit", type_=Integer()),
)
_TOTALS = text("""
    SELECT outcome, reason, count(*) FROM launch_outcome WHERE cycle_id = :cycle
    GROUP BY outcome, reason ORDER BY outcome, reason
""").bindparams(bindparam("cycle", type_=Uuid()))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which results; None for all."""

    outcome: Outcome | None = None
    reason: str | None = None


ALL = Wanted()


@dataclass(frozen=True, slots=True)
class LaunchResult:
    """What the last launch that looked at somebody came to."""

    person: uuid.UUID
    name: str
    title_before: str
    title_after: str
    nip: str
    unit: uuid.UUID
    unit_code: str
    unit_name: str
    outcome: Outcome
    reason: str
    appraisal: uuid.UUID | None
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class ResultTotal:
    """How many people came to the same."""

    outcome: Outcome
    reason: str
    people: int


async def results(
    connection: AsyncConnection,
    cycle: uuid.UUID,
    wanted: Wanted = ALL,
    *,
    after: uuid.UUID | None,
    limit: int,
) -> list[LaunchResult]:
    """The next results in the order of the people's ids."""
    rows = await connection.execute(
        _PAGE,
        {"cycle": cycle, "outcome": wanted.outcome, "reason": wanted.reason, "after": after, "limit": limit},
    )
    return [_result(row) for row in rows]


async def every_result(
    database: AsyncEngine, cycle: uuid.UUID, wanted: Wanted = ALL
) -> AsyncIterator[list[LaunchResult]]:
    """All results, a thousand at a time; no connection is held while they are used."""
    after: uuid.UUID | None = None
    while True:
        async with database.connect() as connection:
            page = await results(connection, cycle, wanted, after=after, limit=ROWS_AT_ONCE)
        if page:
            yield page
        if len(page) < ROWS_AT_ONCE:
            return
        after = page[-1].person


async def result_totals(connection: AsyncConnection, cycle: uuid.UUID) -> list[ResultTotal]:
    """How many people came to what, over all launches of the cycle."""
    rows = await connection.execute(_TOTALS, {"cycle": cycle})
    return [ResultTotal(Outcome(outcome), reason, people) for outcome, reason, people in rows]


def _result(row: Row[Any]) -> LaunchResult:
    fields: list[Any] = [*row[:8], Outcome(row.outcome), *row[9:]]
    return LaunchResult(*fields)
