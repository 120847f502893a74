"""Reads a person's place in the line: who is responsible, who was, whom the person rates, and absences."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import DateTime, Uuid, bindparam, func, label, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.absence.table import AbsenceRow
from store.assignment.table import Assignment
from store.constant import constant
from store.person.table import Person
from store.rows import all_rows

MOST_LINES = 200
"""The most lines of a history that are read, the newest first."""

_PERSON = bindparam("person", type_=Uuid())
_MOMENT = bindparam("moment", type_=DateTime(timezone=True))
_NAMED = select(col(Person.name)).where(
    col(Person.id) == _PERSON, col(Person.agency_id) == bindparam("agency")
)
_RESPONSIBLE = text("""
    SELECT wanted.capacity, found.holder AS holder_id, holder.name AS holder, found.basis,
        found.on_behalf_of AS on_behalf_of_id, official.name AS on_behalf_of
    FROM unnest(ARRAY['rater', 'rater_superior']) WITH ORDINALITY AS wanted(capacity, position)
    CROSS JOIN LATERAL responsible(:person, NULL, NULL, wanted.capacity, :moment, '{}') AS found
    JOIN person AS holder ON holder.id = found.holder
    LEFT JOIN person AS official ON official.id = found.on_behalf_of
    ORDER BY wanted.position
""").bindparams(_PERSON, _MOMENT)
_ASSIGNMENTS = (
    select(
        col(Assignment.capacity),
        col(Assignment.holder_id),
        label("holder", col(Person.name)),
        col(Assignment.kind),
        col(Assignment.valid_from),
        col(Assignment.valid_until),
        col(Assignment.letter),
        col(Assignment.reason),
        col(Assignment.appraisal_id),
        col(Assignment.operation_id),
    )
    .join(Person, col(Person.id) == Assignment.holder_id)
    .where(col(Assignment.employee_id) == _PERSON)
    .order_by(col(Assignment.valid_from).desc(), col(Assignment.id))
    .limit(MOST_LINES)
)
_ABSENCES = (
    select(
        col(AbsenceRow.kind),
        col(AbsenceRow.valid_from),
        col(AbsenceRow.valid_until),
        col(AbsenceRow.letter),
        col(AbsenceRow.reason),
        col(AbsenceRow.operation_id),
    )
    .where(col(AbsenceRow.person_id) == _PERSON)
    .order_by(col(AbsenceRow.valid_from).desc(), col(AbsenceRow.id))
    .limit(MOST_LINES)
)
_RATES = select(func.count(col(Assignment.employee_id).distinct())).where(
    col(Assignment.holder_id) == _PERSON,
    col(Assignment.capacity) == constant("rater"),
    col(Assignment.kind) == constant("definitive"),
    col(Assignment.appraisal_id).is_(None),
    col(Assignment.valid_from) <= _MOMENT,
    or_(col(Assignment.valid_until).is_(None), col(Assignment.valid_until) > _MOMENT),
)


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who acts in a capacity towards a person now, by what right, and on whose behalf."""

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
    """Who rates a person and who stands above the rater, at a business moment; unheld capacities are left out."""
    rows = await connection.execute(_RESPONSIBLE, {"person": person, "moment": moment})
    return all_rows(Responsible, rows)


async def assignments_of(connection: AsyncConnection, person: uuid.UUID) -> list[PastAssignment]:
    """The relations of somebody to officials, the newest first."""
    return all_rows(PastAssignment, await connection.execute(_ASSIGNMENTS, {"person": person}))


async def absences_of(connection: AsyncConnection, person: uuid.UUID) -> list[PastAbsence]:
    """The absences of somebody, the newest first."""
    return all_rows(PastAbsence, await connection.execute(_ABSENCES, {"person": person}))


async def rated_by(connection: AsyncConnection, person: uuid.UUID, moment: dt.datetime) -> int:
    """How many people somebody rates by definitive relations at a business moment."""
    return int(await connection.scalar(_RATES, {"person": person, "moment": moment}) or 0)
