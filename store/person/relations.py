"""Reads a person's place in the line: who is responsible, who was, whom the person rates, and absences."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import DateTime, Integer, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

MOST_LINES = 200
"""So much of a history is read, the newest first."""

_PERSON = bindparam("person", type_=Uuid())
_MOMENT = bindparam("moment", type_=DateTime(timezone=True))
_NAMED = text("SELECT name FROM person WHERE id = :person AND agency_id = :agency").bindparams(
    _PERSON, bindparam("agency", type_=Uuid())
)
_RESPONSIBLE = text("""
    SELECT wanted.capacity, found.holder, holder.name, found.basis, found.on_behalf_of, official.name
    FROM unnest(ARRAY['rater', 'rater_superior']) WITH ORDINALITY AS wanted(capacity, position)
    CROSS JOIN LATERAL responsible(:person, NULL, NULL, wanted.capacity, :moment, '{}') AS found
    JOIN person AS holder ON holder.id = found.holder
    LEFT JOIN person AS official ON official.id = found.on_behalf_of
    ORDER BY wanted.position
""").bindparams(_PERSON, _MOMENT)
_ASSIGNMENTS = text("""
    SELECT assignment.capacity, assignment.holder_id, holder.name, assignment.kind, assignment.valid_from,
        assignment.valid_until, assignment.letter, assignment.reason, assignment.appraisal_id,
        assignment.operation_id
    FROM assignment JOIN person AS holder ON holder.id = assignment.holder_id
    WHERE assignment.employee_id = :person
    ORDER BY assignment.valid_from DESC, assignment.id LIMIT :limit
""").bindparams(_PERSON, bindparam("limit", type_=Integer()))
_ABSENCES = text("""
    SELECT kind, valid_from, valid_until, letter, reason, operation_id FROM absence
    WHERE person_id = :person ORDER BY valid_from DESC, id LIMIT :limit
""").bindparams(_PERSON, bindparam("limit", type_=Integer()))
_RATES = text("""
    SELECT count(DISTINCT employee_id) FROM assignment
    WHERE holder_id = :person AND capacity = 'rater' AND kind = 'definitive' AND appraisal_id IS NULL
        AND valid_from <= :moment AND (valid_until IS NULL OR valid_until > :moment)
""").bindparams(_PERSON, _MOMENT)


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who acts in a capacity towards somebody now, by what right, and for whom."""

    capacity: str
    holder_id: uuid.UUID
    holder: str
    basis: str
    on_behalf_of_id: uuid.UUID | None
    on_behalf_of: str | None


@dataclass(frozen=True, slots=True)
class PastAssignment:
    """A relation of somebody to an official, in a half-open period of business time."""

    capacity: str
    holder_id: uuid.UUID
    holder: str
    kind: str
    valid_from: dt.datetime
    valid_until: dt.datetime | None
    letter: str
    reason: str
    appraisal_id: uuid.UUID | None
    operation_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class PastAbsence:
    """An absence of somebody, in a half-open period of business time."""

    kind: str
    valid_from: dt.datetime
    valid_until: dt.datetime | None
    letter: str
    reason: str
    operation_id: uuid.UUID | None


async def name_in(connection: AsyncConnection, person: uuid.UUID, agency: uuid.UUID) -> str | None:
    """The name of somebody of the agency; None for anybody else."""
    name: str | None = await connection.scalar(_NAMED, {"person": person, "agency": agency})
    return name


async def responsible_for(
    connection: AsyncConnection, person: uuid.UUID, moment: dt.datetime
) -> list[Responsible]:
    """Who rates somebody, and who stands above that, at a business moment; what nobody holds is missing."""
    rows = await connection.execute(_RESPONSIBLE, {"person": person, "moment": moment})
    return [Responsible(*row) for row in rows]


async def assignments_of(connection: AsyncConnection, person: uuid.UUID) -> list[PastAssignment]:
    """The relations of somebody to officials, the newest first."""
    rows = await connection.execute(_ASSIGNMENTS, {"person": person, "limit": MOST_LINES})
    return [PastAssignment(*row) for row in rows]


async def absences_of(connection: AsyncConnection, person: uuid.UUID) -> list[PastAbsence]:
    """The absences of somebody, the newest first."""
    rows = await connection.execute(_ABSENCES, {"person": person, "limit": MOST_LINES})
    return [PastAbsence(*row) for row in rows]


async def rated_by(connection: AsyncConnection, person: uuid.UUID, moment: dt.datetime) -> int:
    """How many people somebody rates by definitive relations at a business moment."""
    return int(await connection.scalar(_RATES, {"person": person, "moment": moment}) or 0)
