"""The incidents of an agency, for its personnel officers and for operators at their machine."""

import datetime as dt
import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.checking import require_hr
from service.accounts.tokens import Identity
from service.incidents.schemas import IncidentLine, IncidentPage, IncidentSummary
from service.incidents.showing import shown_incident, shown_summary
from service.paging import aware_moment, cut, decode, plain_text
from store.incident.kinds import IncidentKind
from store.incident.reading import incident_counts, incidents, missing_from_launches
from translations import Locale


async def incident_page(
    connection: AsyncConnection,
    identity: Identity,
    locale: Locale,
    *,
    kind: IncidentKind | None,
    cursor: str | None,
    limit: int,
) -> IncidentPage:
    """A page of incidents, the oldest first. Raises `CursorInvalid` and `HrOnly`."""
    after: tuple[dt.datetime, str] | None = None
    if cursor is not None:
        since, key = decode(cursor, aware_moment, plain_text)
        after = since, key
    await require_hr(connection, identity)
    now = dt.datetime.now(dt.UTC)
    rows = await incidents(connection, identity.agency, now, kind=kind, after=after, limit=limit + 1)
    page, following = cut(rows, limit, lambda row: (row.since.isoformat(), row.key))
    return IncidentPage(items=[shown_incident(row, locale) for row in page], next=following)


async def incident_summary(
    connection: AsyncConnection, identity: Identity, locale: Locale
) -> IncidentSummary:
    """The number of incidents of each kind, and of people left out by launches. Raises `HrOnly`."""
    await require_hr(connection, identity)
    return await summary_of(connection, identity.agency, locale)


async def summary_of(connection: AsyncConnection, agency: uuid.UUID, locale: Locale) -> IncidentSummary:
    """The same summary of an agency, for operators."""
    counts = await incident_counts(connection, agency, dt.datetime.now(dt.UTC))
    return shown_summary(counts, await missing_from_launches(connection, agency), locale)


async def oldest_of(
    connection: AsyncConnection, agency: uuid.UUID, locale: Locale, *, kind: IncidentKind | None, limit: int
) -> list[IncidentLine]:
    """The oldest incidents of an agency, ``limit`` at most, for operators."""
    now = dt.datetime.now(dt.UTC)
    rows = await incidents(connection, agency, now, kind=kind, after=None, limit=limit)
    return [shown_incident(row, locale) for row in rows]
