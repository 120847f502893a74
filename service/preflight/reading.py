"""The preflight of a launch, for personnel officers and for operators at their machine."""

import datetime as dt
import uuid
from typing import IO

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tokens import Identity
from service.cycles.checking import require_cycle
from service.launches.selecting import require_known
from service.paging import cut, id_key
from service.preflight.looking import look_at
from service.preflight.report import ReportKind, write_report
from service.preflight.schemas import FindingPage, PreflightSummary
from service.preflight.showing import shown_finding, shown_summary
from store.cycle.causes import Cause
from store.cycle.preflight import Look, every_finding, findings, preflight
from store.cycle.selection import Selection
from translations import Locale


async def look_of(
    connection: AsyncConnection, cycle: uuid.UUID, identity: Identity, *, span: int, who: Selection
) -> Look:
    """The look of a personnel officer at a cycle. Raises `HrOnly`, `NotFound`, and `Invalid` for unknown units."""
    await require_cycle(connection, cycle, identity)
    await require_known(connection, identity.agency, who)
    return await look_at(connection, cycle, dt.datetime.now(dt.UTC), span=span, who=who)


async def preflight_summary(
    connection: AsyncConnection,
    cycle: uuid.UUID,
    identity: Identity,
    locale: Locale,
    *,
    span: int,
    who: Selection,
) -> PreflightSummary:
    """What a launch would do now. Raises the errors of `look_of`."""
    look = await look_of(connection, cycle, identity, span=span, who=who)
    return await summary_of(connection, look, locale)


async def summary_of(connection: AsyncConnection, look: Look, locale: Locale) -> PreflightSummary:
    """What a launch would do, by a look; the right to it has been checked."""
    return shown_summary(look.cycle, look, await preflight(connection, look), locale)


async def finding_page(
    connection: AsyncConnection,
    cycle: uuid.UUID,
    identity: Identity,
    cause: Cause,
    locale: Locale,
    *,
    span: int,
    who: Selection,
    cursor: str | None,
    limit: int,
) -> FindingPage:
    """A page of the people or units that have one cause of problems.

    Raises `CursorInvalid` and the errors of `look_of`.
    """
    after = id_key(cursor)
    look = await look_of(connection, cycle, identity, span=span, who=who)
    rows = await findings(connection, look, cause, after=after, limit=limit + 1)
    page, following = cut(rows, limit, lambda row: (row.subject,))
    return FindingPage(items=[shown_finding(row, locale) for row in page], next=following)


async def write_findings(
    connection: AsyncConnection,
    cycle: uuid.UUID,
    identity: Identity,
    file: IO[bytes],
    kind: ReportKind,
    locale: Locale,
    *,
    span: int,
    who: Selection,
) -> None:
    """Writes all findings to ``file``. Raises the errors of `look_of`."""
    look = await look_of(connection, cycle, identity, span=span, who=who)
    await write_report(file, kind, every_finding(connection, look), locale, span=span)
