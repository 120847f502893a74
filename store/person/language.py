"""The language of the notices to a person."""

import uuid

from sqlalchemy import String, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col

from store.person.table import Person
from translations import Locale

_CHOSEN = bindparam("chosen", type_=String())
_READ = select(col(Person.locale)).where(col(Person.id) == bindparam("person"))
_WRITE = (
    update(Person)
    .where(col(Person.id) == bindparam("person"), col(Person.locale) != _CHOSEN)
    .values({col(Person.locale): _CHOSEN})
)


async def language_of(connection: AsyncConnection, person: uuid.UUID) -> Locale | None:
    """The language of a person; None if there is no such person."""
    found = await connection.scalar(_READ, {"person": person})
    return None if found is None else Locale(found)


async def speak_to(connection: AsyncConnection, person: uuid.UUID, locale: Locale) -> None:
    """Writes to the person in this language from now on."""
    await connection.execute(_WRITE, {"person": person, "chosen": locale.value})
