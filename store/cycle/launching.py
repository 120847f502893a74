"""Who of an agency is to enter a cycle, who is not and why, and how far the launch has come."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ARRAY, DateTime, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.appraisal import Appraisal
from states.codec import load_appraisal
from states.working_days import WorkingDays


class SkipReason(StrEnum):
    """Why somebody gets no appraisal."""

    UNPAID_LEAVE = "unpaid_leave"
    """*Cuti di luar tanggungan negara* (PP 30/2019 art 23)."""
    SUSPENDED = "suspended"
    """*Pemberhentian sementara* (art 23)."""
    STATE_OFFICIAL = "state_official"
    """*Pejabat negara* (art 23)."""
    PRE_RETIREMENT = "pre_retirement"
    """*Masa persiapan pensiun* (art 23)."""
    LEFT_SERVICE = "left_service"
    NO_RATER = "no_rater"
    """The roster names no superior: somebody outside the agency rates, or a line is missing."""


EXEMPT: dict[str, SkipReason] = {
    "02": SkipReason.UNPAID_LEAVE,
    "04": SkipReason.SUSPENDED,
    "07": SkipReason.STATE_OFFICIAL,
    "13": SkipReason.UNPAID_LEAVE,
    "20": SkipReason.PRE_RETIREMENT,
    "98": SkipReason.LEFT_SERVICE,
    "99": SkipReason.LEFT_SERVICE,
}
"""Legal standings (*kedudukan hukum*, SIASN codes) that need no plan and so no appraisal."""

_CYCLE = text("""
    SELECT cycle.id, cycle.agency_id, cycle.name, cycle.year, cycle.clock, scheme.content,
        cycle.working_days
    FROM cycle JOIN scheme ON scheme.key = cycle.scheme
    WHERE cycle.id = :cycle
""").bindparams(bindparam("cycle", type_=Uuid()))
# OFFSET 0 keeps the planner from reading the whole agency for one page: it takes the next people in order.
_CANDIDATES = text("""
    WITH page AS (
        SELECT id, unit_id, legal_standing FROM person
        WHERE agency_id = (SELECT agency_id FROM cycle WHERE id = :cycle)
            AND (CAST(:after AS uuid) IS NULL OR id > :after)
            AND NOT EXISTS (
                SELECT FROM appraisal
                WHERE cycle_id = :cycle AND employee_id = person.id AND started_at IS NOT NULL OFFSET 0)
        ORDER BY id LIMIT :limit
    )
    SELECT page.id, page.unit_id, unit.zone, page.legal_standing, appraisal.id IS NOT NULL,
        assigned_holder(page.id, 'rater', :moment) IS NOT NULL
    FROM page
    JOIN unit ON unit.id = page.unit_id
    LEFT JOIN appraisal
        ON appraisal.cycle_id = :cycle AND appraisal.employee_id = page.id AND appraisal.period = 1
    ORDER BY page.id
""").bindparams(
    bindparam("cycle", type_=Uuid()),
    bindparam("after", type_=Uuid()),
    bindparam("moment", type_=DateTime(timezone=True)),
)
_WAITING = text("""
    SELECT id, unit_id, snapshot FROM appraisal
    WHERE cycle_id = :cycle AND employee_id = ANY(:employees) AND started_at IS NULL
    ORDER BY employee_id
""").bindparams(bindparam("cycle", type_=Uuid()), bindparam("employees", type_=ARRAY(Uuid())))
_MARK = text(
    "UPDATE appraisal SET started_at = now() WHERE id = ANY(:ids) AND started_at IS NULL"
).bindparams(bindparam("ids", type_=ARRAY(Uuid())))
_SUMMARY = text("""
    SELECT count(*), count(*) FILTER (WHERE appraisal.started_at IS NOT NULL)
    FROM cycle
    JOIN person ON person.agency_id = cycle.agency_id
    LEFT JOIN appraisal
        ON appraisal.cycle_id = cycle.id AND appraisal.employee_id = person.id AND appraisal.period = 1
    WHERE cycle.id = :cycle
""").bindparams(bindparam("cycle", type_=Uuid()))
_LAUNCHED = text("UPDATE cycle SET launched_at = now() WHERE id = :cycle AND launched_at IS NULL").bindparams(
    bindparam("cycle", type_=Uuid())
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
    """None for everybody who is to be appraised."""


@dataclass(frozen=True, slots=True)
class WaitingAppraisal:
    """An appraisal that is on record and whose workflow has not been seen to start."""

    id: uuid.UUID
    unit: uuid.UUID
    snapshot: Appraisal


async def launching_cycle(connection: AsyncConnection, cycle: uuid.UUID) -> LaunchingCycle:
    """The cycle. Raises `CycleUnknown`."""
    row = (await connection.execute(_CYCLE, {"cycle": cycle})).one_or_none()
    if row is None:
        raise CycleUnknown(str(cycle))
    fields: list[Any] = [*row[:-1], WorkingDays.model_validate(row.working_days, strict=False)]
    return LaunchingCycle(*fields)


async def candidates(
    connection: AsyncConnection,
    cycle: uuid.UUID,
    *,
    after: uuid.UUID | None,
    limit: int,
    moment: dt.datetime,
) -> list[Candidate]:
    """The next people, in the order of their ids, who have no started appraisal.

    ``moment`` (business time) decides who has a rater. An appraisal that is on record already is to be
    started whatever became of the person since.
    """
    rows = await connection.execute(
        _CANDIDATES, {"cycle": cycle, "after": after, "limit": limit, "moment": moment}
    )
    return [
        Candidate(employee, unit, zone, None if on_record else _skip(standing, has_rater))
        for employee, unit, zone, standing, on_record, has_rater in rows
    ]


def _skip(standing: str, has_rater: bool) -> SkipReason | None:
    return EXEMPT.get(standing) or (None if has_rater else SkipReason.NO_RATER)


async def waiting_appraisals(
    connection: AsyncConnection, cycle: uuid.UUID, employees: Collection[uuid.UUID]
) -> list[WaitingAppraisal]:
    """Those of ``employees`` that wait for their workflow, as they stand on record."""
    rows = await connection.execute(_WAITING, {"cycle": cycle, "employees": list(employees)})
    return [WaitingAppraisal(id_, unit, load_appraisal(snapshot)) for id_, unit, snapshot in rows]


async def mark_started(connection: AsyncConnection, appraisals: Collection[uuid.UUID]) -> None:
    """Notes that the workflows of ``appraisals`` run."""
    await connection.execute(_MARK, {"ids": list(appraisals)})


async def mark_launched(connection: AsyncConnection, cycle: uuid.UUID) -> None:
    """Notes that a launch of the cycle has come to its end; the first one counts."""
    await connection.execute(_LAUNCHED, {"cycle": cycle})


async def people_and_started(connection: AsyncConnection, cycle: uuid.UUID) -> tuple[int, int]:
    """How many people the agency has, and how many of them have a started appraisal in the cycle."""
    people, started = (await connection.execute(_SUMMARY, {"cycle": cycle})).one()
    return people, started
