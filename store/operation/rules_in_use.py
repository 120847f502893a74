"""Reads by which calendars and scheme versions running cases go, and sets those of later launches."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, Select, Uuid, any_, bindparam, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from states.calendar import WorkingCalendar
from states.rules import Rulebook
from states.working_days import WorkingDays
from store.agency.table import CalendarVersion, SchemeVersion
from store.appraisal.table import AppraisalRow
from store.cycle.table import Cycle
from store.rows import all_rows

_AGENCY = bindparam("agency", type_=Uuid())
_CYCLE = bindparam("cycle", type_=Uuid())
_CYCLES = bindparam("cycles", type_=ARRAY(Uuid()))
_DAYS: Select[*tuple[Any, ...]] = select(col(Cycle.id), col(Cycle.year), col(Cycle.working_days)).where(
    col(Cycle.agency_id) == _AGENCY,
    or_(func.cardinality(_CYCLES) == 0, col(Cycle.id) == any_(_CYCLES)),
)
_IS_RUNNING = (
    col(AppraisalRow.cycle_id) == any_(_CYCLES),
    col(AppraisalRow.holder).is_not(None),
    col(AppraisalRow.started_at).is_not(None),
)
_CASES: Select[*tuple[Any, ...]] = (
    select(col(AppraisalRow.id), col(AppraisalRow.cycle_id).label("cycle"), col(AppraisalRow.calendar))
    .where(*_IS_RUNNING)
    .order_by(col(AppraisalRow.id))
)
_USED = (
    select(col(AppraisalRow.cycle_id), col(AppraisalRow.calendar)).distinct().where(*_IS_RUNNING).subquery()
)
_CALENDARS: Select[*tuple[Any, ...]] = select(
    _USED.c.cycle_id.label("cycle"), col(CalendarVersion.content)
).join(CalendarVersion, col(CalendarVersion.key) == _USED.c.calendar)
_SET_DAYS = (
    update(Cycle)
    .where(col(Cycle.id) == bindparam("of"))
    .values({col(Cycle.working_days): bindparam("days", type_=JSONB())})
)
_SCHEME = select(col(Cycle.scheme)).where(col(Cycle.id) == _CYCLE)
_SET_SCHEME = update(Cycle).where(col(Cycle.id) == _CYCLE).values({col(Cycle.scheme): bindparam("key")})
_BOOKS = (
    select(col(SchemeVersion.content))
    .join(Cycle, col(Cycle.scheme) == col(SchemeVersion.key))
    .where(col(Cycle.agency_id) == _AGENCY)
)
_IN_SCOPE = text("""
    WITH RECURSIVE below AS (
        SELECT id FROM unit WHERE id = :unit
        UNION
        SELECT unit.id FROM below JOIN unit ON unit.parent_id = below.id
    )
    SELECT appraisal.id, appraisal.snapshot ->> 'rulebook' AS rulebook
    FROM appraisal JOIN cycle ON cycle.id = appraisal.cycle_id AND cycle.agency_id = :agency
    WHERE appraisal.holder IS NOT NULL AND appraisal.started_at IS NOT NULL
        AND (CAST(:cycle AS uuid) IS NULL OR appraisal.cycle_id = :cycle)
        AND (CAST(:unit AS uuid) IS NULL OR appraisal.unit_id IN (SELECT id FROM below))
        AND (cardinality(:people) = 0 OR appraisal.employee_id = ANY(:people))
    ORDER BY appraisal.id
""").bindparams(_AGENCY, _CYCLE, bindparam("unit", type_=Uuid()), bindparam("people", type_=ARRAY(Uuid())))


@dataclass(frozen=True, slots=True)
class CycleDays:
    """The agency's own working days of a cycle."""

    id: uuid.UUID
    year: int
    working_days: WorkingDays


@dataclass(frozen=True, slots=True)
class RunningCase:
    """A case that is not closed, and its calendar."""

    id: uuid.UUID
    cycle: uuid.UUID
    calendar: str


@dataclass(frozen=True, slots=True)
class CaseInScope:
    """A case that is not closed, and its version of a scheme."""

    id: uuid.UUID
    rulebook: str


async def cycles_with_days(
    connection: AsyncConnection, agency: uuid.UUID, cycles: Collection[uuid.UUID]
) -> dict[uuid.UUID, CycleDays]:
    """Those of ``cycles`` that the agency has, or all of its cycles if none are named."""
    rows = await connection.execute(_DAYS, {"agency": agency, "cycles": list(cycles)})
    return {
        row.id: CycleDays(row.id, row.year, WorkingDays.model_validate(row.working_days, strict=False))
        for row in rows
    }


async def calendars_of(
    connection: AsyncConnection, cycles: Collection[uuid.UUID]
) -> list[tuple[uuid.UUID, WorkingCalendar]]:
    """Each calendar of the running cases of each cycle, once."""
    rows = await connection.execute(_CALENDARS, {"cycles": list(cycles)})
    return [(row.cycle, WorkingCalendar.from_data(row.content)) for row in rows]


async def running_cases(connection: AsyncConnection, cycles: Collection[uuid.UUID]) -> list[RunningCase]:
    """The running cases of the cycles, suspended ones too."""
    return all_rows(RunningCase, await connection.execute(_CASES, {"cycles": list(cycles)}))


async def set_working_days(connection: AsyncConnection, days: Mapping[uuid.UUID, WorkingDays]) -> None:
    """Sets the agency's own working days of cycles, by which later appraisals are launched."""
    if days:
        await connection.execute(
            _SET_DAYS,
            [
                {"of": cycle, "days": each.model_dump(mode="json", exclude_defaults=True)}
                for cycle, each in days.items()
            ],
        )


async def cases_in_scope(
    connection: AsyncConnection,
    agency: uuid.UUID,
    *,
    people: Collection[uuid.UUID],
    unit: uuid.UUID | None,
    cycle: uuid.UUID | None,
) -> list[CaseInScope]:
    """The running cases of people, of a unit with all below it, and of a cycle, as far as these are given."""
    parameters = {"agency": agency, "people": list(people), "unit": unit, "cycle": cycle}
    return all_rows(CaseInScope, await connection.execute(_IN_SCOPE, parameters))


async def books_of(connection: AsyncConnection, agency: uuid.UUID) -> dict[str, Rulebook]:
    """The scheme versions of the agency's cycles, by their keys."""
    contents = (await connection.execute(_BOOKS, {"agency": agency})).scalars()
    return {book.key: book for book in map(Rulebook.model_validate, contents)}


async def scheme_of(connection: AsyncConnection, cycle: uuid.UUID) -> str:
    """The key of the version by which an existing cycle is launched."""
    return (await connection.execute(_SCHEME, {"cycle": cycle})).scalar_one()


async def set_scheme(connection: AsyncConnection, cycle: uuid.UUID, key: str) -> None:
    """Sets the version by which later appraisals of the cycle are launched; it must be kept already."""
    await connection.execute(_SET_SCHEME, {"cycle": cycle, "key": key})
