"""Reads who in an agency enters a cycle, who does not and why, and how far the launch has come."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, Uuid, bindparam, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from states.triggers import RatingBasis
from states.working_days import WorkingDays
from store.agency.table import SchemeVersion
from store.base import enumerated
from store.cycle.elsewhere import ELSEWHERE_BINDS, RATED_ELSEWHERE
from store.cycle.obstacles import LAUNCH_OBSTACLE, OBSTACLE_BINDS
from store.cycle.obstacles import SkipReason as SkipReason
from store.cycle.selection import BINDS, CHOSEN_UNITS, EVERYBODY, IS_CHOSEN, Selection
from store.cycle.table import Cycle
from store.rows import all_rows, one_row

_CYCLE = (
    select(
        col(Cycle.id),
        col(Cycle.agency_id),
        col(Cycle.name),
        col(Cycle.year),
        col(Cycle.clock),
        col(SchemeVersion.content),
        col(Cycle.working_days),
    )
    .select_from(Cycle)
    .join(SchemeVersion, col(SchemeVersion.key) == col(Cycle.scheme))
    .where(col(Cycle.id) == bindparam("cycle"))
)
# OFFSET 0 keeps the planner from reading the whole agency for one page: it takes the next people in order.
_IS_MISSING = """NOT EXISTS (
    SELECT FROM appraisal
    WHERE cycle_id = :cycle AND employee_id = person.id AND period = 1 AND started_at IS NOT NULL OFFSET 0)
"""
# Digits 9 to 12 of a NIP are the year of the appointment, of a CPNS and of a PPPK alike. Who was appointed before and
# only changed his post in the year has a plan from its first day on.
_BEGAN_ON = """CASE WHEN substr(person.nip, 9, 4) = CAST(cycle.year AS text)
    AND person.post_since > make_date(cycle.year, 1, 1)
    AND person.post_since <= make_date(cycle.year, 12, 31) THEN person.post_since END"""
_CANDIDATES = (
    text(f"""
    WITH RECURSIVE {CHOSEN_UNITS}, page AS (
        SELECT id, unit_id, legal_standing, nip, post_since FROM person
        WHERE agency_id = (SELECT agency_id FROM cycle WHERE id = :cycle)
            AND (:after IS NULL OR id > :after) AND (:until IS NULL OR id <= :until)
            AND {IS_CHOSEN} AND {_IS_MISSING}
        ORDER BY id LIMIT :limit
    )
    SELECT person.id AS employee, person.unit_id AS unit, unit.zone, {LAUNCH_OBSTACLE} AS skip,
        {RATED_ELSEWHERE} AS basis, is_away(person.id, :moment) AS away, {_BEGAN_ON} AS began_on
    FROM page AS person
    JOIN unit ON unit.id = person.unit_id
    JOIN cycle ON cycle.id = :cycle
    ORDER BY person.id
""")  # noqa: S608  # put together from the constants above, all values are bound
    .bindparams(
        bindparam("cycle", type_=Uuid()),
        bindparam("after", type_=Uuid()),
        bindparam("until", type_=Uuid()),
        *OBSTACLE_BINDS,
        *ELSEWHERE_BINDS,
        *BINDS,
    )
    .columns(skip=enumerated(SkipReason), basis=enumerated(RatingBasis))
)
_BOUNDS = text(f"""
    WITH RECURSIVE {CHOSEN_UNITS}, missing AS (
        SELECT id, row_number() OVER (ORDER BY id) AS place FROM person
        WHERE agency_id = (SELECT agency_id FROM cycle WHERE id = :cycle) AND {IS_CHOSEN} AND {_IS_MISSING}
    )
    SELECT id FROM missing WHERE place % :size = 0 ORDER BY id
""").bindparams(  # noqa: S608  # put together from the constants above, all values are bound
    bindparam("cycle", type_=Uuid()), bindparam("size", type_=Integer()), *BINDS
)
_SUMMARY = text(f"""
    WITH RECURSIVE {CHOSEN_UNITS}
    SELECT count(*) AS people, count(*) FILTER (WHERE appraisal.started_at IS NOT NULL) AS started
    FROM cycle
    JOIN person ON person.agency_id = cycle.agency_id
    LEFT JOIN appraisal
        ON appraisal.cycle_id = cycle.id AND appraisal.employee_id = person.id AND appraisal.period = 1
    WHERE cycle.id = :cycle AND {IS_CHOSEN}
""").bindparams(bindparam("cycle", type_=Uuid()), *BINDS)  # noqa: S608  # put together from constants, all values are bound
_LAUNCHED = (
    update(Cycle)
    .where(col(Cycle.id) == bindparam("cycle"), col(Cycle.launched_at).is_(None))
    .values({col(Cycle.launched_at): func.now()})
)


class CycleUnknown(LookupError):
    """There is no such cycle."""


@dataclass(frozen=True, slots=True)
class LaunchingCycle:
    """A cycle with the scheme and the working days that its appraisals get."""

    id: uuid.UUID
    agency_id: uuid.UUID
    name: str
    year: int
    clock: list[Any]
    scheme: dict[str, Any]
    working_days: WorkingDays


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody of the agency whose appraisal has not been started."""

    employee: uuid.UUID
    unit: uuid.UUID
    zone: str
    skip: SkipReason | None
    """Why the person gets no appraisal; None if he gets one."""
    basis: RatingBasis | None = None
    """Studies or works elsewhere: on what he is rated, if the scheme knows it."""
    away: bool = False
    """Is away for longer than a month, or works elsewhere."""
    began_on: dt.date | None = None
    """First day of duty (*TMT* of the *SPMT*) of somebody who was appointed within the year; None for all others."""


@dataclass(frozen=True, slots=True)
class Outline:
    """How much a launch has to do."""

    people: int
    """How many people it looks at."""
    started: int
    """Of these, how many have a started appraisal."""


async def launching_cycle(connection: AsyncConnection, cycle: uuid.UUID) -> LaunchingCycle:
    """The cycle. Raises `CycleUnknown`."""
    row = (await connection.execute(_CYCLE, {"cycle": cycle})).one_or_none()
    if row is None:
        raise CycleUnknown(str(cycle))
    return LaunchingCycle(
        id=row.id,
        agency_id=row.agency_id,
        name=row.name,
        year=row.year,
        clock=row.clock,
        scheme=row.content,
        working_days=WorkingDays.model_validate(row.working_days, strict=False),
    )


async def candidates(
    connection: AsyncConnection,
    cycle: uuid.UUID,
    *,
    after: uuid.UUID | None,
    until: uuid.UUID | None = None,
    limit: int,
    moment: dt.datetime,
    who: Selection = EVERYBODY,
) -> list[Candidate]:
    """The next people of ``who`` who have no started appraisal, in the order of their ids: those behind ``after``, up
    to and including ``until``.

    ``moment`` (business time) decides who has a rater or is absent. If somebody joins the agency during a
    launch, this launch sees him if his id lies in a page still to come; otherwise the next launch does.
    """
    rows = await connection.execute(
        _CANDIDATES,
        {
            "cycle": cycle,
            "after": after,
            "until": until,
            "limit": limit,
            "moment": moment,
            **who.parameters(),
        },
    )
    return all_rows(Candidate, rows)


async def page_bounds(
    connection: AsyncConnection, cycle: uuid.UUID, who: Selection = EVERYBODY, *, size: int
) -> list[uuid.UUID]:
    """The last person of each full page of ``size`` people without a started appraisal, in the order of the ids."""
    return list(
        (await connection.execute(_BOUNDS, {"cycle": cycle, "size": size, **who.parameters()})).scalars()
    )


async def mark_launched(connection: AsyncConnection, cycle: uuid.UUID) -> None:
    """Notes that a launch of the cycle has come to its end; the first one counts."""
    await connection.execute(_LAUNCHED, {"cycle": cycle})


async def outline(connection: AsyncConnection, cycle: uuid.UUID, who: Selection = EVERYBODY) -> Outline:
    """How many people ``who`` selects, and how many of them have a started appraisal in the cycle."""
    found = await connection.execute(_SUMMARY, {"cycle": cycle, **who.parameters()})
    return one_row(Outline, found.one())
