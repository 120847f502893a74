"""Substitutions: all of the agency for personnel officers, otherwise those that involve the asker."""

import datetime as dt

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.checking import is_officer
from service.accounts.tokens import Identity
from service.paging import cut, moment_key
from service.substitutions.schemas import SubstitutionPage
from service.substitutions.showing import shown_substitution
from store.operation.moments import agency_time
from store.substitution.reading import substitutions
from translations import Locale


async def substitution_page(
    connection: AsyncConnection,
    identity: Identity,
    locale: Locale,
    *,
    state: str | None,
    cursor: str | None,
    limit: int,
) -> SubstitutionPage:
    """A page of substitutions, ordered from the latest beginning. Raises `CursorInvalid`."""
    after, now = moment_key(cursor), dt.datetime.now(dt.UTC)
    officer = await is_officer(connection, identity)
    time = await agency_time(connection, identity.agency, now)
    rows = await substitutions(
        connection,
        identity.agency,
        person=None if officer else identity.person,
        moment=time.moment(now),
        state=state,
        after=after,
        limit=limit + 1,
    )
    page, following = cut(rows, limit, lambda row: (row.valid_from.isoformat(), row.id))
    return SubstitutionPage(items=[shown_substitution(row, time, locale) for row in page], next=following)
