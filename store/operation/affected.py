"""Reads which open appraisals a change may touch, and who is responsible for them before and after it."""

import datetime as dt
import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, DateTime, Row, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.codec import load_appraisal
from states.operations.items import OpenCase
from states.stages import HOLDERS, Capacity
from states.triggers import RatingBasis
from store.appraisal.rights import CASE
from store.person.standing import NOT_ACTIVE

_AGENCY = bindparam("agency", type_=Uuid())
_NOW = bindparam("now", type_=DateTime(timezone=True))

# Goes as far down as an official above may have to act: two levels, and one more for each official who is away.
_BELOW = text(f"""
    WITH RECURSIVE strays AS MATERIALIZED (
        SELECT id FROM person WHERE agency_id = :agency AND {NOT_ACTIVE}
        UNION SELECT person_id FROM absence JOIN person ON person.id = absence.person_id WHERE agency_id = :agency
        UNION SELECT official_id FROM substitution WHERE agency_id = :agency
    ), below AS (
        SELECT unnest(:officials) AS id, 0 AS level
        UNION
        SELECT assignment.employee_id, CASE WHEN EXISTS (SELECT FROM strays WHERE strays.id = below.id)
            AND below.level > 0 THEN below.level ELSE below.level + 1 END
        FROM below JOIN assignment ON assignment.holder_id = below.id
        WHERE below.level < 2 OR EXISTS (SELECT FROM strays WHERE strays.id = below.id)
    )
    SELECT DISTINCT id FROM below WHERE level > 0
""").bindparams(_AGENCY, bindparam("officials", type_=ARRAY(Uuid())))  # noqa: S608  # put together from constants, all values are bound

# A change does not touch an appraisal whose own time has not reached it yet, as in a slower rehearsal.
_OPEN = text(f"""
    SELECT appraisal.id, appraisal.employee_id, appraisal.snapshot, rater.holder AS rater, holding.holder,
        scheme.content -> 'paths' AS paths
    FROM appraisal
    JOIN scheme ON scheme.key = appraisal.snapshot ->> 'rulebook'
    JOIN cycle ON cycle.id = appraisal.cycle_id AND cycle.agency_id = :agency
    CROSS JOIN LATERAL (SELECT business_at(cycle.clock, :now) AS present) AS business
    CROSS JOIN LATERAL (SELECT COALESCE(:as_of, present) AS moment) AS asked
    LEFT JOIN LATERAL responsible({CASE}, 'rater', moment, signers(appraisal.snapshot)) AS rater ON true
    LEFT JOIN LATERAL responsible({CASE}, CASE WHEN appraisal.holder IN ('rater_superior', 'appeals_officer')
        THEN appraisal.holder END, moment, signers(appraisal.snapshot)) AS holding ON true
    WHERE appraisal.employee_id = ANY(:employees) AND appraisal.holder IS NOT NULL
        AND appraisal.started_at IS NOT NULL AND present >= :at
    ORDER BY appraisal.id
""").bindparams(  # noqa: S608  # CASE names columns
    _AGENCY,
    _NOW,
    bindparam("at", type_=DateTime(timezone=True)),
    bindparam("as_of", type_=DateTime(timezone=True)),
    bindparam("employees", type_=ARRAY(Uuid())),
)


async def employees_below(
    connection: AsyncConnection, agency: uuid.UUID, officials: Collection[uuid.UUID]
) -> set[uuid.UUID]:
    """Everybody in whose appraisals one of the officials may have something to do."""
    rows = await connection.execute(_BELOW, {"agency": agency, "officials": list(officials)})
    return set(rows.scalars())


async def open_cases(
    connection: AsyncConnection,
    agency: uuid.UUID,
    employees: Collection[uuid.UUID],
    *,
    now: dt.datetime,
    at: dt.datetime,
    as_of: dt.datetime | None = None,
) -> dict[uuid.UUID, OpenCase]:
    """The launched open appraisals of some people at the real moment ``now``, if they have reached the business moment
    ``at``. The responsible people are those of now or, if it is given, those of the business moment ``as_of``.
    """
    if not employees:
        return {}
    rows = await connection.execute(
        _OPEN, {"agency": agency, "employees": list(employees), "now": now, "at": at, "as_of": as_of}
    )
    return {row.id: _case(row) for row in rows}


def _case(row: Row[Any]) -> OpenCase:
    appraisal = load_appraisal(row.snapshot)
    responsible: dict[Capacity, uuid.UUID | None] = {Capacity.RATER: row.rater}
    waiting_on = HOLDERS.get(appraisal.stage)
    if waiting_on in (Capacity.RATER_SUPERIOR, Capacity.APPEALS_OFFICER):
        responsible[waiting_on] = row.holder
    bases = frozenset(RatingBasis(basis) for basis in row.paths or ())
    return OpenCase(row.id, row.employee_id, appraisal, responsible, bases)
