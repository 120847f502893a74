"""Reads times to improve with how they stand."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ARRAY, Date, Integer, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from states.codec import Json
from store.rows import all_rows


class Wanted(StrEnum):
    """Which times to improve are wanted."""

    OPEN = "open"
    """Those whose outcome is not on record."""
    CLOSED = "closed"


# The later results are those of other years that have become final since.
_FOUND = """
    SELECT improvement.id, improvement.appraisal_id, improvement.rulebook, improvement.rule, improvement.starts_on,
        improvement.ends_on, improvement.closed_at IS NOT NULL AS closed,
        attended.ended_at IS NOT NULL AND improvement.closed_at IS NULL AS given_up,
        appraisal.employee_id, employee.name AS employee, unit.id AS unit_id, unit.name AS unit, cycle.id AS cycle_id,
        cycle.name AS cycle, given.predicate,
        appraisal.stage <> 'finalised' OR appraisal.snapshot ->> 'result' IS DISTINCT FROM improvement.result
            AS result_changed,
        CAST(business_at(cycle.clock, now()) AT TIME ZONE COALESCE(NULLIF(unit.zone, ''), agency.zone) AS date)
            AS today,
        ARRAY(
            SELECT jsonb_build_object('appraisal_id', other.id, 'cycle', year.name, 'year', year.year,
                'rulebook', other.snapshot ->> 'rulebook', 'predicate', rated.predicate, 'score', rated.score)
            FROM appraisal AS other
            JOIN cycle AS year ON year.id = other.cycle_id
            JOIN rated ON rated.digest = other.snapshot ->> 'result'
            WHERE other.employee_id = appraisal.employee_id AND other.stage = 'finalised'
                AND year.year > cycle.year AND year.rehearsal = cycle.rehearsal AND rated.predicate IS NOT NULL
            ORDER BY year.year, other.period
        ) AS later
    FROM improvement
    JOIN attended ON attended.id = improvement.id
    JOIN appraisal ON appraisal.id = improvement.appraisal_id
    JOIN cycle ON cycle.id = appraisal.cycle_id
    JOIN person AS employee ON employee.id = appraisal.employee_id
    JOIN unit ON unit.id = appraisal.unit_id
    JOIN agency ON agency.id = cycle.agency_id
    LEFT JOIN LATERAL (
        SELECT predicate FROM rated WHERE rated.digest = improvement.result LIMIT 1
    ) AS given ON true
"""
_AGENCY = bindparam("agency", type_=Uuid())
_PAGE = text(f"""
    {_FOUND}
    WHERE cycle.agency_id = :agency AND improvement.closed_at IS NULL = (:wanted = 'open')
        AND (CAST(:after_id AS uuid) IS NULL OR (improvement.ends_on, improvement.id) > (:after_on, :after_id))
    ORDER BY improvement.ends_on, improvement.id LIMIT :limit
""").bindparams(  # only constants are put in
    _AGENCY,
    bindparam("wanted", type_=Text()),
    bindparam("after_on", type_=Date()),
    bindparam("after_id", type_=Uuid()),
    bindparam("limit", type_=Integer()),
)
_ONE = text(f"""
    {_FOUND}
    WHERE cycle.agency_id = :agency AND (improvement.id = :id OR improvement.appraisal_id = :id)
""").bindparams(_AGENCY, bindparam("id", type_=Uuid()))  # only constants are put in
_OUTCOMES = text("""
    SELECT outcome.improvement_id, outcome.revision, outcome.kind, outcome.held_on, outcome.passed, outcome.reason,
        outcome.letter, by.name AS by, outcome.at, outcome.recorded_at
    FROM improvement_outcome AS outcome LEFT JOIN person AS by ON by.id = outcome.by_id
    WHERE outcome.improvement_id = ANY (:ids)
    ORDER BY outcome.improvement_id, outcome.revision DESC
""").bindparams(bindparam("ids", type_=ARRAY(Uuid())))


@dataclass(frozen=True, slots=True)
class Improvement:
    """A time to improve, and how it stands."""

    id: uuid.UUID
    appraisal_id: uuid.UUID
    rulebook: str
    rule: str
    starts_on: dt.date
    ends_on: dt.date
    closed: bool
    """Whether its outcome is on record."""
    given_up: bool
    """Whether nobody is asked for the outcome any more, although it is missing."""
    employee_id: uuid.UUID
    employee: str
    unit_id: uuid.UUID
    unit: str
    cycle_id: uuid.UUID
    cycle: str
    predicate: str | None
    """That of the result on which it rests."""
    result_changed: bool
    """Whether another result counts by now, or none."""
    today: dt.date
    """Business day, where the employee works."""
    later: Sequence[Json]
    """Final results of later years: ``appraisal_id``, ``cycle``, ``year``, ``rulebook``, ``predicate``, ``score``."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a time to improve ended, in one revision."""

    improvement_id: uuid.UUID
    revision: int
    kind: str
    """``test``, ``end`` or ``left``."""
    held_on: dt.date | None
    passed: bool | None
    reason: str
    letter: str
    by: str | None
    at: dt.datetime
    recorded_at: dt.datetime


async def improvement_page(
    connection: AsyncConnection,
    agency: uuid.UUID,
    wanted: Wanted,
    *,
    after: tuple[dt.date | None, uuid.UUID] | None,
    limit: int,
) -> list[Improvement]:
    """Times to improve of an agency, those that end first before the others."""
    after_on, after_id = after or (None, None)
    parameters = {
        "agency": agency,
        "wanted": wanted.value,
        "after_on": after_on,
        "after_id": after_id,
        "limit": limit,
    }
    return all_rows(Improvement, await connection.execute(_PAGE, parameters))


async def improvement_of(
    connection: AsyncConnection, noun: uuid.UUID, agency: uuid.UUID
) -> Improvement | None:
    """The one with this id, or the one of the case with this id; None if there is none."""
    rows = await connection.execute(_ONE, {"id": noun, "agency": agency})
    return next(iter(all_rows(Improvement, rows)), None)


async def outcomes_of(connection: AsyncConnection, ids: Sequence[uuid.UUID]) -> list[Outcome]:
    """All revisions of the outcomes of these, the latest of each first."""
    return all_rows(Outcome, await connection.execute(_OUTCOMES, {"ids": list(ids)}))
