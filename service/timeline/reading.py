"""The events of an appraisal, for a person who may see it."""

import uuid

from sqlalchemy.ext.asyncio import AsyncEngine

from service.accounts.tokens import Identity
from service.appraisals.acting import Acting
from service.appraisals.result_shown import TextGiven
from service.appraisals.sight import seen
from service.paging import cut, decode, position
from service.timeline.schemas import TimelinePage
from service.timeline.showing import shown_entry
from store.appraisal.timeline import timeline
from translations import Locale


async def timeline_page(
    reading: AsyncEngine,
    acting: Acting,
    appraisal: uuid.UUID,
    identity: Identity,
    locale: Locale,
    *,
    cursor: str | None,
    limit: int,
) -> TimelinePage:
    """A page of what happened, the newest first; the own result on it is noted as seen before it is given out.

    Raises `CursorInvalid`, `NotFound` and what `Acting.note_shown` raises.
    """
    before = None if cursor is None else decode(cursor, position)[0]
    async with reading.connect() as connection:
        # The case after its texts: what they show was delivered by then.
        rows = await timeline(connection, appraisal, before=before, limit=limit + 1)
        sight = await seen(connection, appraisal, identity)
    page, following = cut(rows, limit, lambda row: (row.sequence,))
    entries = [shown_entry(row, sight, identity.person, locale) for row in page]
    given = [
        TextGiven(entry.trigger, row.present)
        for row, entry in zip(page, entries, strict=True)
        if entry.trigger is not None and entry.text is not None
    ]
    await acting.note_shown(identity, sight, given)
    return TimelinePage(items=entries, next=following)
