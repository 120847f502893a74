"""Counts the notes of the year that the scheme wants counted, as far as their reader may read them."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tokens import Identity
from service.entries.reading import reader_of
from service.sight.seeing import ContentSight
from store.entry.repository import EntryCount, entry_count


async def counts_of(
    connection: AsyncConnection, appraisal: uuid.UUID, seen: ContentSight, identity: Identity
) -> dict[str, EntryCount]:
    """The counts of each kind that has one and of which there is something to read; one query for each kind."""
    reader = reader_of(seen, identity)
    found = {
        name: await entry_count(
            connection, appraisal, reader, name, field=kind.counted.field, at_most=kind.counted.at_most
        )
        for name, kind in ({} if seen.rules is None else seen.rules.entries).items()
        if kind.counted is not None
    }
    return {name: count for name, count in found.items() if count.entries}
