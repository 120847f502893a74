"""Takes note of what somebody has seen of the own inbox. Knows no web."""

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncEngine

from service.accounts.tokens import Identity
from service.appraisals.acting import Acting
from store.database import autocommit
from store.inbox.seeing import Seen, mark_seen, results_to_note


async def note_inbox_seen(database: AsyncEngine, acting: Acting, identity: Identity, seen: Seen) -> int:
    """Marks the notices and returns how many were not marked before. To repeat it is harmless.

    Whoever has seen that the own result can be read has received it as if he had opened the case. Where that
    cannot be noted (a `Problem`, such as `OutcomeUnknown`), nothing else of the request is marked.
    """
    now = dt.datetime.now(dt.UTC)
    async with autocommit(database).connect() as connection:
        results = await results_to_note(connection, seen)
    for appraisal in results:
        await acting.note_seen(identity, appraisal)
    async with autocommit(database).connect() as connection:
        return await mark_seen(connection, seen, now)
