"""Reads who stands in for whom."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import (
    DateTime,
    Integer,
    String,
    Uuid,
    bindparam,
    case,
    func,
    label,
    or_,
    select,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased
from sqlmodel import col

from store.constant import constant
from store.person.table import Person
from store.rows import all_rows
from store.substitution.table import SubstitutionRow

STATES = ("active", "future", "past")

_Official, _Substitute = aliased(Person), aliased(Person)
_BEGINS, _ENDS, _ID = (
    col(SubstitutionRow.valid_from),
    col(SubstitutionRow.valid_until),
    col(SubstitutionRow.id),
)
_MOMENT = bindparam("moment", type_=DateTime(timezone=True))
_SOMEBODY, _WANTED = bindparam("person", type_=Uuid()), bindparam("state", type_=String())
_AFTER_FROM, _AFTER_ID = (
    bindparam("after_from", type_=DateTime(timezone=True)),
    bindparam("after_id", type_=Uuid()),
)

# A substitution that was ended before it began was never in force.
_STATE = case(
    (func.greatest(_MOMENT, _BEGINS) >= _ENDS, constant("past")),
    (_BEGINS > _MOMENT, constant("future")),
    else_=constant("active"),
)
_PAGE = (
    select(
        _ID,
        col(SubstitutionRow.kind),
        _STATE.label("state"),
        col(SubstitutionRow.official_id),
        label("official", col(_Official.name)),
        col(SubstitutionRow.substitute_id),
        label("substitute", col(_Substitute.name)),
        _BEGINS,
        _ENDS,
        col(SubstitutionRow.letter),
        col(SubstitutionRow.reason),
        col(SubstitutionRow.operation_id),
    )
    .join(_Official, col(_Official.id) == SubstitutionRow.official_id)
    .join(_Substitute, col(_Substitute.id) == SubstitutionRow.substitute_id)
    .where(
        col(SubstitutionRow.agency_id) == bindparam("agency"),
        or_(
            _SOMEBODY.is_(None),
            col(SubstitutionRow.official_id) == _SOMEBODY,
            col(SubstitutionRow.substitute_id) == _SOMEBODY,
        ),
        or_(_WANTED.is_(None), _STATE == _WANTED),
        or_(_AFTER_ID.is_(None), tuple_(_BEGINS, _ID) < tuple_(_AFTER_FROM, _AFTER_ID)),
    )
    .order_by(_BEGINS.desc(), _ID.desc())
    .limit(bindparam("limit", type_=Integer()))
)


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
    rows = await connection.execute(
        _PAGE,
        {
            "agency": agency,
            "person": person,
            "moment": moment,
            "state": state,
            "after_from": after[0] if after else None,
            "after_id": after[1] if after else None,
            "limit": limit,
        },
    )
    return all_rows(Substitution, rows)
