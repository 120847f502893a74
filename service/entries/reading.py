"""What was noted in a case, as far as the asker may read it."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from content.sight.rules import Kind
from service.accounts.tokens import Identity
from service.entries.schemas import EntryPage
from service.entries.showing import shown_entry
from service.paging import cut, due_key
from service.problems import CursorInvalid
from service.sight.seeing import ContentSight, content_sight
from store.entry.repository import EntryReader, entries
from translations import Locale


def reader_of(seen: ContentSight, identity: Identity) -> EntryReader:
    """Which notes are open to the asker: his own always, confidential ones of others only
    those between them and him.
    """
    return EntryReader(person=identity.person, notes=seen.sees(Kind.NOTE), progress=seen.sees(Kind.PROGRESS))


async def entry_page(
    connection: AsyncConnection,
    identity: Identity,
    appraisal: uuid.UUID,
    locale: Locale,
    *,
    kind: str | None,
    item: str | None,
    cursor: str | None,
    limit: int,
) -> EntryPage:
    """A page of the notes of a case, the latest day first. Raises `CursorInvalid` and `NotFound`."""
    day, last = due_key(cursor) or (None, None)
    if last is not None and day is None:
        raise CursorInvalid
    seen = await content_sight(connection, appraisal, identity)
    rows = await entries(
        connection,
        appraisal,
        reader_of(seen, identity),
        kind=kind,
        item=item,
        after=None if day is None or last is None else (day, last),
        limit=limit + 1,
    )
    page, following = cut(rows, limit, lambda row: (row.noted_on.isoformat(), row.id))
    return EntryPage(items=[shown_entry(row, seen, identity.person, locale) for row in page], next=following)
