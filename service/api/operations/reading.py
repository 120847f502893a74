"""Operations and their outcomes, page by page."""

import uuid
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.dependencies import Shared
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.operations.reading import item_page, operation_detail, operation_page
from service.operations.schemas import OperationDetail, OperationItemPage, OperationPage
from store.operation.table import OUTCOMES

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
    async with shared.reading.connect() as connection:
        page = await operation_page(connection, identity, locale, cursor=cursor, limit=limit)
    return answer(page)


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
    async with shared.reading.connect() as connection:
        found = await operation_detail(connection, operation_id, identity, locale)
    return answer(found)


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
    async with shared.reading.connect() as connection:
        page = await item_page(
            connection, operation_id, identity, locale, outcome=outcome, cursor=cursor, limit=limit
        )
    return answer(page)
