"""Reads who stands in for whom."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import DateTime, Integer, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

STATES = ("active", "future", "past")

# One that was ended before it began was never in force.
_STATE = """CASE
    WHEN substitution.valid_until <= greatest(:moment, substitution.valid_from) THEN 'past'
    WHEN substitution.valid_from > :moment THEN 'future'
    ELSE 'active' END"""

_PAGE = text(f"""
    SELECT * FROM (
        SELECT substitution.id, substitution.kind, {_STATE} AS state, official.id AS official_id,
            official.name AS official, substitute.id AS substitute_id, substitute.name AS substitute,
            substitution.valid_from, substitution.valid_until, substitution.letter, substitution.reason,
            substitution.operation_id
        FROM substitution
        JOIN person AS official ON official.id = substitution.official_id
        JOIN person AS substitute ON substitute.id = substitution.substitute_id
        WHERE substitution.agency_id = :agency
            AND (:person IS NULL OR :person IN (substitution.official_id, substitution.substitute_id))
    ) AS known
    WHERE (:state IS NULL OR state = :state)
        AND (:after_id IS NULL OR (valid_from, id) < (:after_from, :after_id))
    ORDER BY valid_from DESC, id DESC LIMIT :limit
""").bindparams(  # noqa: S608  # parts of SQL, never input
    bindparam("agency", type_=Uuid()),
    bindparam("person", type_=Uuid()),
    bindparam("moment", type_=DateTime(timezone=True)),
    bindparam("state", type_=Text()),
    bindparam("after_from", type_=DateTime(timezone=True)),
    bindparam("after_id", type_=Uuid()),
    bindparam("limit", type_=Integer()),
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
    return [Substitution(*row) for row in rows]
