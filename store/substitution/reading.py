"""Reads who stands in for whom."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, label, literal, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased
from sqlmodel import col

from store.person.table import Person
from store.rows import all_rows
from store.substitution.table import SubstitutionRow

STATES = ("active", "future", "past")

_Official, _Substitute = aliased(Person), aliased(Person)


@dataclass(frozen=True, slots=True)
class Substitution:
    """Somebody stands in for an official in a half-open period of business time."""

    id: uuid.UUID
    kind: str
    state: str
    """active, future or past."""
    official_id: uuid.UUID
    official: str
    substitute_id: uuid.UUID
    substitute: str
    valid_from: dt.datetime
    valid_until: dt.datetime | None
    letter: str
    reason: str
    operation_id: uuid.UUID | None


async def substitutions(
    connection: AsyncConnection,
    agency: uuid.UUID,
    *,
    person: uuid.UUID | None,
    moment: dt.datetime,
    state: str | None,
    after: tuple[dt.datetime, uuid.UUID] | None,
    limit: int,
) -> list[Substitution]:
    """The substitutions of an agency as they stand at a business moment, the latest to begin first.

    With ``person`` only those in which that person is the official or the substitute.
    """
    standing = _standing(moment)
    wanted = (
        select(
            col(SubstitutionRow.id),
            col(SubstitutionRow.kind),
            standing.label("state"),
            col(SubstitutionRow.official_id),
            label("official", col(_Official.name)),
            col(SubstitutionRow.substitute_id),
            label("substitute", col(_Substitute.name)),
            col(SubstitutionRow.valid_from),
            col(SubstitutionRow.valid_until),
            col(SubstitutionRow.letter),
            col(SubstitutionRow.reason),
            col(SubstitutionRow.operation_id),
        )
        .join(_Official, col(_Official.id) == SubstitutionRow.official_id)
        .join(_Substitute, col(_Substitute.id) == SubstitutionRow.substitute_id)
        .where(col(SubstitutionRow.agency_id) == agency)
        .order_by(col(SubstitutionRow.valid_from).desc(), col(SubstitutionRow.id).desc())
        .limit(limit)
    )
    if person is not None:
        wanted = wanted.where(
            or_(col(SubstitutionRow.official_id) == person, col(SubstitutionRow.substitute_id) == person)
        )
    if state is not None:
        wanted = wanted.where(standing == state)
    if after is not None:
        place = tuple_(col(SubstitutionRow.valid_from), col(SubstitutionRow.id))
        wanted = wanted.where(place < tuple_(*after))
    return all_rows(Substitution, await connection.execute(wanted))


def _standing(moment: dt.datetime) -> ColumnElement[str]:
    """active, future or past. One that was ended before it began was never in force."""
    begins, ends = col(SubstitutionRow.valid_from), col(SubstitutionRow.valid_until)
    return case(
        (ends <= func.greatest(moment, begins), literal("past")),
        (begins > moment, literal("future")),
        else_=literal("active"),
    )
