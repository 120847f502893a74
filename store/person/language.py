"""The language in which somebody is written to."""

import uuid

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from translations import Locale

_READ = text("SELECT locale FROM person WHERE id = :person")
_WRITE = text("UPDATE person SET locale = :locale WHERE id = :person AND locale <> :locale")


async def language_of(connection: AsyncConnection, person: uuid.UUID) -> Locale | None:
    """The language of a person; None for somebody who is not there."""
    found = await connection.scalar(_READ, {"person": person})
    return None if found is None else Locale(found)


async def speak_to(connection: AsyncConnection, person: uuid.UUID, locale: Locale) -> None:
    """Writes to the person in this language from now on."""
    await connection.execute(_WRITE, {"person": person, "locale": locale.value})
