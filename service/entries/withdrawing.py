"""Withdraws a note. It stays on record that it was there, without what it said."""

import datetime as dt
import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tokens import Identity
from service.appraisals.openness import refuse_unless_withdrawable
from service.entries.reading import reader_of
from service.entries.schemas import EntryLine
from service.entries.showing import shown_entry
from service.problems import NotFound, NotYoursToWithdraw
from service.sight.seeing import content_sight
from store.entry import repository as store
from translations import Locale


async def withdraw_entry(
    connection: AsyncConnection, identity: Identity, appraisal: uuid.UUID, noted: uuid.UUID, locale: Locale
) -> EntryLine:
    """Withdraws what the asker noted; to repeat it changes nothing.

    Raises `NotFound`, `NotYoursToWithdraw`, `CaseClosed` and `ResultRests`.
    """
    seen = await content_sight(connection, appraisal, identity)
    reader = reader_of(seen, identity)
    found = await store.entry(connection, appraisal, reader, noted)
    if found is None:
        raise NotFound
    if found.author_id != identity.person:
        raise NotYoursToWithdraw
    if found.withdrawn_at is None:
        refuse_unless_withdrawable(seen.sight, own=seen.own)
        await store.withdraw(connection, appraisal, noted, dt.datetime.now(dt.UTC))
        found = await store.entry(connection, appraisal, reader, noted)
    if found is None:
        raise NotFound
    return shown_entry(found, seen, identity.person, locale)
