"""Saves drafts so that none is lost: who saves over a version that he has not read is refused, his text kept aside.

Versions of a draft only ever grow: what is removed leaves an empty draft with the next version. So a tab that was
open when the draft was removed, or handed in, is told as well.
"""

import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import Integer, String, Uuid, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from content.parts import Values
from store.base import new_id
from store.rows import all_rows, one_row

MOST_ASIDE = 20
"""How many refused savings of a draft are kept, the newest."""

_PLACE = (
    bindparam("appraisal", type_=Uuid()),
    bindparam("form", type_=String()),
    bindparam("author", type_=Uuid()),
)
_OF_DRAFT = "appraisal_id = :appraisal AND form = :form AND author_id = :author"

# The second alternative is a repeat of what was saved and whose answer was lost.
_SAVE = text(f"""
    WITH saved AS (
        INSERT INTO draft AS kept (appraisal_id, form, author_id, version, content, saved_at)
        SELECT :appraisal, :form, :author, :read + 1, :content, now()
        WHERE :read = 0 OR EXISTS (SELECT FROM draft WHERE {_OF_DRAFT})
        ON CONFLICT (appraisal_id, form, author_id) DO UPDATE
            SET version = EXCLUDED.version, content = EXCLUDED.content, saved_at = EXCLUDED.saved_at
            WHERE kept.version = :read
                OR (kept.version = EXCLUDED.version AND kept.content = EXCLUDED.content)
        RETURNING version, saved_at
    ), the_same AS (
        SELECT id FROM draft_aside WHERE {_OF_DRAFT} AND based_on = :read AND content = :content
            AND NOT EXISTS (SELECT FROM saved)
        LIMIT 1
    ), aside AS (
        INSERT INTO draft_aside (id, appraisal_id, form, author_id, based_on, content, kept_at)
        SELECT :id, :appraisal, :form, :author, :read, :content, now()
        WHERE NOT EXISTS (SELECT FROM saved) AND NOT EXISTS (SELECT FROM the_same)
        RETURNING id
    ), trimmed AS (
        DELETE FROM draft_aside WHERE EXISTS (SELECT FROM aside) AND id IN (
            SELECT id FROM draft_aside WHERE {_OF_DRAFT}
            ORDER BY kept_at DESC, id DESC OFFSET {MOST_ASIDE - 1}
        )
    )
    SELECT saved.version, saved.saved_at, COALESCE(aside.id, the_same.id) AS aside
    FROM (SELECT) AS one LEFT JOIN saved ON true LEFT JOIN aside ON true LEFT JOIN the_same ON true
""").bindparams(  # noqa: S608  # the constants above, all values are bound
    *_PLACE,
    bindparam("id", type_=Uuid()),
    bindparam("read", type_=Integer()),
    bindparam("content", type_=JSONB()),
)
_READ = text(f"SELECT version, content, saved_at FROM draft WHERE {_OF_DRAFT}").bindparams(*_PLACE)  # noqa: S608  # a constant
_REMOVE = text(f"""
    WITH emptied AS (
        UPDATE draft SET version = version + 1, content = '{{}}', saved_at = now()
        WHERE {_OF_DRAFT} AND content <> '{{}}' AND (CAST(:read AS integer) IS NULL OR version = :read)
        RETURNING version
    ), forgotten AS (
        DELETE FROM draft_aside WHERE {_OF_DRAFT} AND :aside AND EXISTS (SELECT FROM emptied)
    )
    SELECT version FROM emptied
""").bindparams(*_PLACE, bindparam("read", type_=Integer()))  # noqa: S608  # a constant
_ASIDES = text(f"""
    SELECT id, based_on, kept_at FROM draft_aside WHERE {_OF_DRAFT}
    ORDER BY kept_at DESC, id DESC LIMIT {MOST_ASIDE}
""").bindparams(*_PLACE)  # noqa: S608  # constants
_ASIDE = text(f"""
    SELECT id, based_on, kept_at, content FROM draft_aside WHERE {_OF_DRAFT} AND id = :id
""").bindparams(*_PLACE, bindparam("id", type_=Uuid()))  # noqa: S608  # a constant


@dataclass(frozen=True, slots=True)
class Place:
    """Which draft: that of one person for one form of one case."""

    appraisal: uuid.UUID
    form: str
    author: uuid.UUID

    @property
    def parameters(self) -> dict[str, object]:
        """The same as parameters of a statement."""
        return {"appraisal": self.appraisal, "form": self.form, "author": self.author}


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it stands; one that was removed is empty and keeps its version."""

    version: int
    content: Values
    saved_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of a saving: the new version, or the id under which it was kept aside."""

    version: int | None
    saved_at: dt.datetime | None
    aside: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class AsideLine:
    """A saving that was refused, without its content."""

    id: uuid.UUID
    based_on: int
    """The version that its author had read."""
    kept_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Aside:
    """A saving that was refused."""

    id: uuid.UUID
    based_on: int
    kept_at: dt.datetime
    content: Values


async def save(connection: AsyncConnection, place: Place, content: Values, *, read: int) -> Saved:
    """Saves over the version that was ``read``, 0 where there was none; over any other it is kept aside instead.

    One statement: of two at once exactly one wins. A repeat of what was saved is no second saving, and a repeat of
    what was refused is kept once.
    """
    given = {**place.parameters, "id": new_id(), "read": read, "content": content}
    return one_row(Saved, (await connection.execute(_SAVE, given)).one())


async def read_draft(connection: AsyncConnection, place: Place) -> Draft | None:
    """The draft; None where nothing was ever saved."""
    row = (await connection.execute(_READ, place.parameters)).one_or_none()
    return None if row is None else one_row(Draft, row)


async def remove(
    connection: AsyncConnection, place: Place, *, read: int | None = None, with_asides: bool = False
) -> bool:
    """Empties the draft, only if it stands at the version ``read`` where that is given. Returns whether it did.

    ``with_asides`` removes what was kept aside, too: its author wants it gone. Whoever hands the form in keeps it.
    """
    given = {**place.parameters, "read": read, "aside": with_asides}
    return (await connection.execute(_REMOVE, given)).one_or_none() is not None


async def asides(connection: AsyncConnection, place: Place) -> list[AsideLine]:
    """What was kept aside, the newest first; at most `MOST_ASIDE`."""
    return all_rows(AsideLine, await connection.execute(_ASIDES, place.parameters))


async def read_aside(connection: AsyncConnection, place: Place, identifier: uuid.UUID) -> Aside | None:
    """What was kept aside under an id; None where that is not of this draft."""
    row = (await connection.execute(_ASIDE, {**place.parameters, "id": identifier})).one_or_none()
    return None if row is None else one_row(Aside, row)
