"""Orders and what came of them, on pages."""

import datetime as dt
import uuid
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit, aware_moment, cut, decode, plain_text
from service.operations.schemas import OperationDetail, OperationItemPage, OperationPage
from service.operations.showing import shown_detail, shown_item, shown_line
from store.operation import repository
from store.operation.table import OUTCOMES
from store.person.repository import is_hr

router = APIRouter(tags=["operations"])

ItemOutcome = StrEnum("ItemOutcome", {outcome.upper(): outcome for outcome in OUTCOMES})  # type: ignore[misc]  # made from the table's


@router.get(
    "/operations",
    response_model=OperationPage,
    responses=problems(400, 401, 422, 503),
    operation_id="listOperations",
)
async def operations(
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """The orders of the agency for personnel officers, my own for anybody else; the newest first."""
    after: tuple[dt.datetime, uuid.UUID] | None = None
    if cursor is not None:
        requested_at, last = decode(cursor, aware_moment, uuid.UUID)
        after = requested_at, last
    async with shared.reading.connect() as connection:
        officer = await is_hr(connection, identity.person, identity.agency)
        rows = await repository.page(
            connection,
            identity.agency,
            person=None if officer else identity.person,
            after=after,
            limit=limit + 1,
        )
        page, following = cut(rows, limit, lambda row: (row.requested_at.isoformat(), row.id))
        counts = await repository.counts_of(connection, [row.id for row in page])
    lines = [shown_line(row, counts[row.id], locale) for row in page]
    return answer(OperationPage(items=lines, next=following))


@router.get(
    "/operations/{operation_id}",
    response_model=OperationDetail,
    responses=problems(401, 404, 503),
    operation_id="getOperation",
)
async def operation(
    operation_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """How far an order has come (personnel officers, and whoever ordered it)."""
    found = await shared.operations.operation(identity, operation_id)
    async with shared.reading.connect() as connection:
        counts = await repository.counts(connection, operation_id)
    return answer(shown_detail(found, counts, locale))


@router.get(
    "/operations/{operation_id}/items",
    response_model=OperationItemPage,
    responses=problems(400, 401, 404, 422, 503),
    operation_id="listOperationItems",
)
async def items(
    operation_id: uuid.UUID,
    identity: SignedIn,
    shared: Shared,
    locale: Language,
    outcome: Annotated[ItemOutcome | None, Query(description="Only items that came to this.")] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Response:
    """What an order did to each appraisal, and why where it did not (personnel officers, and whoever ordered it)."""
    await shared.operations.operation(identity, operation_id)
    after: tuple[uuid.UUID, str] | None = None
    if cursor is not None:
        last, phase = decode(cursor, uuid.UUID, plain_text)
        after = last, phase
    async with shared.reading.connect() as connection:
        rows = await repository.items(connection, operation_id, outcome=outcome, after=after, limit=limit + 1)
    page, following = cut(rows, limit, lambda row: (row.appraisal_id, row.phase))
    return answer(OperationItemPage(items=[shown_item(row, locale) for row in page], next=following))
