"""All that the decision about one action needs, in one query."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.types import DateTime, Text, Uuid

from states.codec import Json
from store.appraisal.rights import CASE

_STANDING = text(f"""
    SELECT appraisal.snapshot, appraisal.sequence, cycle.clock, cycle.id, appraisal.unit_id, held.capacities,
        ARRAY(
            SELECT represented(:person, {CASE}, capacity, moment, signers(appraisal.snapshot))
            FROM unnest(held.capacities) WITH ORDINALITY AS each(capacity, position) ORDER BY position
        ),
        recorded.fingerprint, recorded.sequence, recorded.target
    FROM appraisal
    JOIN cycle ON cycle.id = appraisal.cycle_id
    CROSS JOIN LATERAL (SELECT business_at(cycle.clock, :now) AS moment) AS business
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
""").bindparams(  # noqa: S608  # parts of SQL, never input
    bindparam("appraisal", type_=Uuid()),
    bindparam("agency", type_=Uuid()),
    bindparam("person", type_=Uuid()),
    bindparam("command", type_=Text()),
    bindparam("now", type_=DateTime(timezone=True)),
    bindparam("wanted", type_=ARRAY(Text())),
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A command that is on record: the digest of what was asked, and what it led to."""

    fingerprint: str
    sequence: int
    stage: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands, which of the asked capacities somebody holds on it, and what is on record."""

    snapshot: Json
    sequence: int
    clock: list[list[Any]]
    cycle: uuid.UUID
    unit: uuid.UUID
    capacities: tuple[str, ...]
    represented: tuple[uuid.UUID | None, ...]
    """For each capacity the official for whom the person stands in."""
    recorded: Recorded | None


async def standing_of(
    connection: AsyncConnection,
    *,
    appraisal: uuid.UUID,
    agency: uuid.UUID,
    person: uuid.UUID,
    command: str,
    wanted: Sequence[str],
    now: dt.datetime,
) -> Standing | None:
    """The standing at the real moment ``now``; None where the agency has no such appraisal."""
    result = await connection.execute(
        _STANDING,
        {
            "appraisal": appraisal,
            "agency": agency,
            "person": person,
            "command": command,
            "wanted": wanted,
            "now": now,
        },
    )
    row = result.one_or_none()
    if row is None:
        return None
    snapshot, sequence, clock, cycle, unit, capacities, represented, fingerprint, recorded_at, target = row
    target = target or snapshot["stage"]
    return Standing(
        snapshot=snapshot,
        sequence=sequence,
        clock=clock,
        cycle=cycle,
        unit=unit,
        capacities=tuple(capacities),
        represented=tuple(represented),
        recorded=None if fingerprint is None else Recorded(fingerprint, recorded_at, target),
    )
