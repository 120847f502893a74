"""The cycles of an agency, as far as a member of the agency may see them."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.checking import is_officer
from service.accounts.tokens import Identity
from service.cycles.checking import cycle_of
from service.cycles.schemas import CycleDetail, CycleLine, CyclePage
from service.cycles.showing import shown_detail, shown_totals
from service.paging import cut, moment_key
from store.cycle import repository
from translations import Locale


async def cycle_page(
    connection: AsyncConnection, identity: Identity, *, cursor: str | None, limit: int
) -> CyclePage:
    """A page of the cycles of one's own agency, the newest first. Raises `CursorInvalid`."""
    rows = await repository.cycles(connection, identity.agency, after=moment_key(cursor), limit=limit + 1)
    page, following = cut(rows, limit, lambda row: (row.created_at.isoformat(), row.id))
    return CyclePage(items=[CycleLine.model_validate(row) for row in page], next=following)


async def cycle_detail(
    connection: AsyncConnection, cycle: uuid.UUID, identity: Identity, locale: Locale
) -> CycleDetail:
    """One cycle; personnel officers also get its totals. Raises `NotFound`."""
    found = await cycle_of(connection, cycle, identity)
    stages = None
    if await is_officer(connection, identity):
        stages = shown_totals(await repository.stage_counts(connection, cycle), locale)
    return shown_detail(found, stages, locale)
