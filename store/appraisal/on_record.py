"""Reads all that the decision about one action needs, in one query."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import Text, Uuid

from states.codec import Json
from store.appraisal.rights import CASE

_FOR_PERSON = text(f"""
    SELECT appraisal.snapshot, appraisal.sequence, cycle.clock, cycle.id AS cycle, appraisal.unit_id AS unit,
        held.capacities, ARRAY(
            SELECT represented(:person, {CASE}, capacity, moment, signers(appraisal.snapshot))
            FROM unnest(held.capacities) WITH ORDINALITY AS each(capacity, position) ORDER BY position
        ) AS represented,
        recorded.fingerprint, recorded.sequence AS recorded_at, recorded.target, cycle.year, now() AS at
    FROM appraisal
    JOIN cycle ON cycle.id = appraisal.cycle_id
    CROSS JOIN LATERAL (SELECT business_at(cycle.clock, now()) AS moment) AS business
    CROSS JOIN LATERAL (
        SELECT capacities_held(
            :person, {CASE}, :wanted, moment, signers(appraisal.snapshot)) AS capacities
    ) AS held
    LEFT JOIN LATERAL (
        SELECT fingerprint, sequence, body ->> 'target' AS target FROM event
        WHERE event.appraisal_id = appraisal.id AND event.command_id = :command
        ORDER BY sequence DESC LIMIT 1
    ) AS recorded ON true
    WHERE appraisal.id = :appraisal AND cycle.agency_id = :agency
""").bindparams(  # noqa: S608  # CASE names columns
    bindparam("appraisal", type_=Uuid()),
    bindparam("agency", type_=Uuid()),
    bindparam("person", type_=Uuid()),
    bindparam("command", type_=Text()),
    bindparam("wanted", type_=ARRAY(Text())),
)


# The same for a command of the clock or of an operation, whose right does not rest on a relation to the case.
_ON_RECORD = text("""
    SELECT appraisal.snapshot, appraisal.sequence, cycle.clock, cycle.id AS cycle, appraisal.unit_id AS unit,
        ARRAY[]::text[] AS capacities, ARRAY[]::uuid[] AS represented,
        recorded.fingerprint, recorded.sequence AS recorded_at, recorded.target, cycle.year, now() AS at
    FROM appraisal
    JOIN cycle ON cycle.id = appraisal.cycle_id
    LEFT JOIN LATERAL (
        SELECT fingerprint, sequence, body ->> 'target' AS target FROM event
        WHERE event.appraisal_id = appraisal.id AND event.command_id = :command
        ORDER BY sequence DESC LIMIT 1
    ) AS recorded ON true
    WHERE appraisal.id = :appraisal
""").bindparams(bindparam("appraisal", type_=Uuid()), bindparam("command", type_=Text()))


@dataclass(frozen=True, slots=True)
class Recorded:
    """A command that is on record: the digest of what was asked, and what it led to."""

    fingerprint: str
    sequence: int
    stage: str


@dataclass(frozen=True, slots=True)
class CaseOnRecord:
    """Where a case stands, which of the wanted capacities a person holds on it, and the command if it is on record."""

    appraisal: uuid.UUID
    snapshot: Json
    sequence: int
    clock: list[list[Any]]
    cycle: uuid.UUID
    unit: uuid.UUID
    capacities: tuple[str, ...]
    represented: tuple[uuid.UUID | None, ...]
    """For each capacity the official for whom the person stands in."""
    recorded: Recorded | None
    year: int
    at: dt.datetime
    """The real moment, by the clock of the database."""


async def case_for(
    connection: AsyncConnection,
    *,
    appraisal: uuid.UUID,
    agency: uuid.UUID,
    person: uuid.UUID,
    command: str,
    wanted: Sequence[str],
) -> CaseOnRecord | None:
    """The case now; None if the agency has no such appraisal."""
    result = await connection.execute(
        _FOR_PERSON,
        {
            "appraisal": appraisal,
            "agency": agency,
            "person": person,
            "command": command,
            "wanted": wanted,
        },
    )
    return _case_for(appraisal, result.one_or_none())


async def case_on_record(
    connection: AsyncConnection, appraisal: uuid.UUID, command: str
) -> CaseOnRecord | None:
    """The case now, without anybody's capacities; None if there is no such appraisal."""
    result = await connection.execute(_ON_RECORD, {"appraisal": appraisal, "command": command})
    return _case_for(appraisal, result.one_or_none())


def _case_for(appraisal: uuid.UUID, row: Row[Any] | None) -> CaseOnRecord | None:
    if row is None:
        return None
    recorded = None
    if row.fingerprint is not None:
        recorded = Recorded(row.fingerprint, row.recorded_at, row.target or row.snapshot["stage"])
    return CaseOnRecord(
        appraisal=appraisal,
        snapshot=row.snapshot,
        sequence=row.sequence,
        clock=row.clock,
        cycle=row.cycle,
        unit=row.unit,
        capacities=tuple(row.capacities),
        represented=tuple(row.represented),
        recorded=recorded,
        year=row.year,
        at=row.at,
    )
