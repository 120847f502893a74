"""Reads what the public wrote, and puts on record what was decided about it."""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import Integer, String, Text, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from store.rows import all_rows, one_row

_COLUMNS = """
    SELECT written.id, written.unit_id, unit.name AS unit, written.day, written.state, written.words
    FROM public_text AS written JOIN unit ON unit.id = written.unit_id
"""
_AGENCY, _ID = bindparam("agency", type_=Uuid()), bindparam("id", type_=Uuid())
# In the order of ids, which are random: a list in the order of coming would tell who stood at the counter when.
_WAITING = text(f"""{_COLUMNS}
    WHERE written.agency_id = :agency AND written.state = 'waiting' AND (:after IS NULL OR written.id > :after)
    ORDER BY written.id LIMIT :limit
""").bindparams(_AGENCY, bindparam("after", type_=Uuid()), bindparam("limit", type_=Integer()))
_CLEARED = text(f"""{_COLUMNS}
    WHERE written.unit_id = :unit AND written.state = 'cleared'
    ORDER BY written.day DESC, written.id LIMIT :limit
""").bindparams(bindparam("unit", type_=Uuid()), bindparam("limit", type_=Integer()))
_ONE = text(
    f"{_COLUMNS} WHERE written.id = :id AND written.agency_id = :agency FOR UPDATE OF written"
).bindparams(_ID, _AGENCY)
_DECIDE = text("""
    UPDATE public_text SET state = :state, words = :words, decided_by = :person, decided_at = now()
    WHERE id = :id AND state = 'waiting'
""").bindparams(
    _ID,
    bindparam("state", type_=String()),
    bindparam("words", type_=Text()),
    bindparam("person", type_=Uuid()),
)
_NAMES = text("SELECT name FROM person WHERE agency_id = :agency").bindparams(_AGENCY)


@dataclass(frozen=True, slots=True)
class PublicText:
    """What somebody of the public wrote to a unit."""

    id: uuid.UUID
    unit_id: uuid.UUID
    unit: str
    day: dt.date
    state: str
    """One of waiting, cleared and refused."""
    words: str | None
    """None once it was refused."""


async def waiting_texts(
    connection: AsyncConnection, agency: uuid.UUID, *, after: uuid.UUID | None, limit: int
) -> list[PublicText]:
    """The texts of an agency that nobody has decided about, in no order that tells anything."""
    values = {"agency": agency, "after": after, "limit": limit}
    return all_rows(PublicText, await connection.execute(_WAITING, values))


async def cleared_texts(connection: AsyncConnection, unit: uuid.UUID, limit: int) -> list[PublicText]:
    """The cleared texts of a unit, the latest days first."""
    return all_rows(PublicText, await connection.execute(_CLEARED, {"unit": unit, "limit": limit}))


async def take_text(
    connection: AsyncConnection, identifier: uuid.UUID, agency: uuid.UUID
) -> PublicText | None:
    """A text of the agency, held until the transaction ends."""
    row = (await connection.execute(_ONE, {"id": identifier, "agency": agency})).one_or_none()
    return None if row is None else one_row(PublicText, row)


async def decide(
    connection: AsyncConnection, identifier: uuid.UUID, person: uuid.UUID, *, state: str, words: str | None
) -> None:
    """Puts a decision on record. The words as they came are overwritten."""
    await connection.execute(_DECIDE, {"id": identifier, "state": state, "words": words, "person": person})


async def names_of(connection: AsyncConnection, agency: uuid.UUID) -> list[str]:
    """The names of all people of an agency."""
    return list((await connection.execute(_NAMES, {"agency": agency})).scalars())
