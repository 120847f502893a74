"""Reads what the launches of a cycle led to, person by person."""

import datetime as dt
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, Text, Uuid, bindparam, func, or_, select, type_coerce
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlmodel import col

from store.agency.table import OrganisationUnit
from store.base import enumerated
from store.launch.outcomes import Outcome
from store.launch.table import LaunchOutcomeRow
from store.person.table import Person
from store.rows import all_rows

ROWS_AT_ONCE = 1_000

_OUTCOME = bindparam("outcome", type_=Text())
_REASON = bindparam("reason", type_=Text())
_AFTER = bindparam("after", type_=Uuid())
_WHAT = type_coerce(col(LaunchOutcomeRow.outcome), enumerated(Outcome)).label("outcome")
_OF_CYCLE = col(LaunchOutcomeRow.cycle_id) == bindparam("cycle")
_PAGE: Select[*tuple[Any, ...]] = (
    select(
        col(Person.id).label("person"),
        col(Person.name),
        col(Person.title_before),
        col(Person.title_after),
        col(Person.nip),
        col(OrganisationUnit.id).label("unit"),
        col(OrganisationUnit.code).label("unit_code"),
        col(OrganisationUnit.name).label("unit_name"),
        _WHAT,
        col(LaunchOutcomeRow.reason),
        col(LaunchOutcomeRow.appraisal_id).label("appraisal"),
        col(LaunchOutcomeRow.at),
    )
    .select_from(LaunchOutcomeRow)
    .join(Person, col(Person.id) == col(LaunchOutcomeRow.person_id))
    .join(OrganisationUnit, col(OrganisationUnit.id) == col(Person.unit_id))
    .where(
        _OF_CYCLE,
        or_(_OUTCOME.is_(None), col(LaunchOutcomeRow.outcome) == _OUTCOME),
        or_(_REASON.is_(None), col(LaunchOutcomeRow.reason) == _REASON),
        or_(_AFTER.is_(None), col(LaunchOutcomeRow.person_id) > _AFTER),
    )
    .order_by(col(LaunchOutcomeRow.person_id))
    .limit(bindparam("limit"))
)
_SAME = (col(LaunchOutcomeRow.outcome), col(LaunchOutcomeRow.reason))
_TOTALS = (
    select(_WHAT, col(LaunchOutcomeRow.reason), func.count().label("people"))
    .where(_OF_CYCLE)
    .group_by(*_SAME)
    .order_by(*_SAME)
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which results; None for all."""

    outcome: Outcome | None = None
    reason: str | None = None


ALL = Wanted()


@dataclass(frozen=True, slots=True)
class LaunchResult:
    """What the last launch that looked at a person led to."""

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
    """How many people share one outcome and reason."""

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
    return all_rows(LaunchResult, rows)


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
    """How many people have each outcome, over all launches of the cycle."""
    return all_rows(ResultTotal, await connection.execute(_TOTALS, {"cycle": cycle}))
