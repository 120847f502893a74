"""The results of a cycle's launches, for the personnel officers of its agency."""

import uuid
from collections.abc import AsyncIterator, Sequence

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from service.accounts.tokens import Identity
from service.cycles.checking import require_cycle
from service.launches.schemas import LaunchProgress, LaunchResultLine, LaunchResultPage
from service.launches.showing import shown_progress, shown_result
from service.paging import cut, id_key
from store.cycle.repository import stage_counts
from store.database import autocommit
from store.launch.outcomes import Outcome
from store.launch.reading import LaunchResult, Wanted, every_result, result_totals, results
from translations import Locale


async def progress_on_record(connection: AsyncConnection, cycle: uuid.UUID, locale: Locale) -> LaunchProgress:
    """The progress of a launch by the record."""
    counts = await stage_counts(connection, cycle)
    return shown_progress(cycle, counts, await result_totals(connection, cycle), locale)


async def result_page(
    database: AsyncEngine,
    cycle: uuid.UUID,
    identity: Identity,
    wanted: Wanted,
    locale: Locale,
    *,
    cursor: str | None,
    limit: int,
) -> LaunchResultPage:
    """A page of results in the order of the people's ids. Raises `HrOnly`, `NotFound` and `CursorInvalid`."""
    async with autocommit(database).connect() as connection:
        await require_cycle(connection, cycle, identity)
        rows = await results(connection, cycle, wanted, after=id_key(cursor), limit=limit + 1)
    page, following = cut(rows, limit, lambda row: (row.person,))
    return LaunchResultPage(items=[shown_result(row, locale) for row in page], next=following)


async def result_pages(
    database: AsyncEngine, cycle: uuid.UUID, identity: Identity, wanted: Wanted
) -> AsyncIterator[list[LaunchResult]]:
    """An iterator over all results, page by page. Raises `HrOnly` and `NotFound` before the first page."""
    reading = autocommit(database)
    async with reading.connect() as connection:
        await require_cycle(connection, cycle, identity)
    return every_result(reading, cycle, wanted)


async def first_results(
    connection: AsyncConnection, cycle: uuid.UUID, wanted: Wanted, locale: Locale, *, limit: int
) -> Sequence[LaunchResultLine]:
    """The ``wanted`` results, ``limit`` at most; by default the skipped people, then the failed ones."""
    given = wanted.outcome or wanted.reason
    asked = [wanted] if given else [Wanted(Outcome.SKIPPED), Wanted(Outcome.FAILED)]
    found: list[LaunchResult] = []
    for each in asked:
        found += await results(connection, cycle, each, after=None, limit=limit - len(found))
    return [shown_result(row, locale) for row in found]
