"""Operations and their outcomes, as far as the asker may see them."""

import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from service.accounts.checking import is_officer
from service.accounts.tokens import Identity
from service.operations.checking import operation_of
from service.operations.schemas import (
    OperationDetail,
    OperationItem,
    OperationItemPage,
    OperationLine,
    OperationPage,
)
from service.operations.showing import shown_detail, shown_item, shown_line
from service.paging import cut, decode, moment_key, plain_text
from store.operation import repository
from store.operation.repository import Operation
from translations import Locale


async def operation_page(
    connection: AsyncConnection, identity: Identity, locale: Locale, *, cursor: str | None, limit: int
) -> OperationPage:
    """A page of operations: the agency's for personnel officers, else the asker's own. Raises `CursorInvalid`."""
    after = moment_key(cursor)
    officer = await is_officer(connection, identity)
    rows = await repository.page(
        connection,
        identity.agency,
        person=None if officer else identity.person,
        after=after,
        limit=limit + 1,
    )
    page, following = cut(rows, limit, lambda row: (row.requested_at.isoformat(), row.id))
    counts = await repository.counts_of(connection, [row.id for row in page])
    return OperationPage(items=[shown_line(row, counts[row.id], locale) for row in page], next=following)


async def latest_of(
    connection: AsyncConnection, agency: uuid.UUID, locale: Locale, *, limit: int
) -> list[OperationLine]:
    """The latest operations of an agency, for operators."""
    rows = await repository.page(connection, agency, person=None, after=None, limit=limit)
    counts = await repository.counts_of(connection, [row.id for row in rows])
    return [shown_line(row, counts[row.id], locale) for row in rows]


async def operation_detail(
    connection: AsyncConnection, operation: uuid.UUID, identity: Identity, locale: Locale
) -> OperationDetail:
    """One operation and its progress. Raises `NotFound`."""
    return await detail_of(connection, await operation_of(connection, identity, operation), locale)


async def detail_of(connection: AsyncConnection, operation: Operation, locale: Locale) -> OperationDetail:
    """The progress of an operation; the right to see it has been checked."""
    return shown_detail(operation, await repository.counts(connection, operation.id), locale)


async def item_page(
    connection: AsyncConnection,
    operation: uuid.UUID,
    identity: Identity,
    locale: Locale,
    *,
    outcome: str | None,
    cursor: str | None,
    limit: int,
) -> OperationItemPage:
    """A page of an operation's items, one for each appraisal. Raises `NotFound` and `CursorInvalid`."""
    await operation_of(connection, identity, operation)
    after: tuple[uuid.UUID, str] | None = None
    if cursor is not None:
        last, phase = decode(cursor, uuid.UUID, plain_text)
        after = last, phase
    rows = await repository.items(connection, operation, outcome=outcome, after=after, limit=limit + 1)
    page, following = cut(rows, limit, lambda row: (row.appraisal_id, row.phase))
    return OperationItemPage(items=[shown_item(row, locale) for row in page], next=following)


async def first_items(
    connection: AsyncConnection,
    operation: uuid.UUID,
    locale: Locale,
    *,
    outcome: str | None,
    limit: int,
) -> list[OperationItem]:
    """The first items of an operation, for operators."""
    rows = await repository.items(connection, operation, outcome=outcome, after=None, limit=limit)
    return [shown_item(row, locale) for row in rows]
