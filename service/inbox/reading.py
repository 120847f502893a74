"""A person's own inbox. Reading it marks nothing as seen."""

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.tokens import Identity
from service.inbox.schemas import InboxPage, Unseen
from service.inbox.showing import shown_notice, shown_unseen
from service.paging import cut, moment_key
from store.inbox.reading import inbox, unseen_counts
from translations import Locale


async def inbox_page(
    connection: AsyncConnection,
    identity: Identity,
    locale: Locale,
    *,
    unseen: bool,
    cursor: str | None,
    limit: int,
) -> InboxPage:
    """A page of notices, the newest first, and the number of unseen ones. Raises `CursorInvalid`."""
    rows = await inbox(connection, identity.person, unseen=unseen, after=moment_key(cursor), limit=limit + 1)
    counts = await unseen_counts(connection, identity.person)
    page, following = cut(rows, limit, lambda row: (row.created_at.isoformat(), row.id))
    return InboxPage(
        items=[shown_notice(row, locale) for row in page],
        next=following,
        unseen=shown_unseen(counts, locale),
    )


async def unseen_of(connection: AsyncConnection, identity: Identity, locale: Locale) -> Unseen:
    """The number of notices that a person has not seen, by kind."""
    return shown_unseen(await unseen_counts(connection, identity.person), locale)
