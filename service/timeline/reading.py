"""The events of an appraisal, for a person who may see it."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tokens import Identity
from service.appraisals.sight import seen
from service.paging import cut, decode, position
from service.timeline.schemas import TimelinePage
from service.timeline.showing import shown_entry
from store.appraisal.timeline import timeline
from translations import Locale


async def timeline_page(
    connection: AsyncConnection,
    appraisal: uuid.UUID,
    identity: Identity,
    locale: Locale,
    *,
    cursor: str | None,
    limit: int,
) -> TimelinePage:
    """A page of events, the newest first. Raises `CursorInvalid` and `NotFound`."""
    before = None if cursor is None else decode(cursor, position)[0]
    sight = await seen(connection, appraisal, identity)
    rows = await timeline(connection, appraisal, before=before, limit=limit + 1)
    page, following = cut(rows, limit, lambda row: (row.sequence,))
    entries = [shown_entry(row, sight, identity.person, locale) for row in page]
    return TimelinePage(items=entries, next=following)
