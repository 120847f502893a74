import uuid
from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.accounts.tokens import Identity
from service.addresses import PREFIX
from service.api.answers import answer, problems
from service.api.body import documented, read_kind
from service.api.dependencies import Dependencies, Shared
from service.api.idempotency import KEY_PARAMETER, given_key
from service.api.identity import Language, SignedIn
from service.idempotency import checked_key
from service.operations.reading import detail_of, operation_detail
from service.operations.schemas import OperationDetail, OperationPreview
from service.operations.showing import shown_preview
from states.changes import CHANGE
from translations import Locale

router = APIRouter(tags=["operations"])

CHANGE_SCHEMA = "Change"
"""The name of the body's schema in the OpenAPI document."""

_BODY = documented(CHANGE_SCHEMA)


@router.post(
    "/operations/preview",
    response_model=OperationPreview,
    responses=problems(400, 401, 403, 413, 415, 422, 503),
    openapi_extra=_BODY,
    operation_id="previewOperation",
)
async def preview(request: Request, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """What an order would do as things stand (personnel officers; officials for a delegation of their own).

    Nothing is kept, and the order itself may come out otherwise if things change before its day.
    """
    change = await read_kind(request, CHANGE)
    found = await shared.operations.preview(identity, change)
    return answer(shown_preview(change, found, locale))


@router.post(
    "/operations",
    status_code=202,
    response_model=OperationDetail,
    responses=problems(400, 401, 403, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER], **_BODY},
    operation_id="orderOperation",
)
async def order(request: Request, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Orders a change or an extension; the same key with the same body is ordered once.

    It is carried out appraisal by appraisal from its day on: the address in Location follows it.
    """
    key = checked_key(given_key(request))
    change = await read_kind(request, CHANGE)
    requested = await shared.operations.request(identity, key, change)
    async with shared.reading.connect() as connection:
        detail = await detail_of(connection, requested, locale)
    return answer(detail, 202, {"Location": f"{PREFIX}/operations/{detail.id}"})


@router.post(
    "/operations/{operation_id}/pause",
    response_model=OperationDetail,
    responses=problems(401, 404, 409, 503),
    operation_id="pauseOperation",
)
async def pause(operation_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Lets an order touch nothing further once its present batch is done; harmless when it is paused already."""
    return await _steered(shared.operations.pause, operation_id, identity, shared, locale)


@router.post(
    "/operations/{operation_id}/resume",
    response_model=OperationDetail,
    responses=problems(401, 404, 409, 503),
    operation_id="resumeOperation",
)
async def resume(operation_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Lets a paused order go on."""
    return await _steered(shared.operations.resume, operation_id, identity, shared, locale)


@router.post(
    "/operations/{operation_id}/withdraw",
    response_model=OperationDetail,
    responses=problems(401, 404, 409, 503),
    operation_id="withdrawOperation",
)
async def withdraw(operation_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Takes back an order whose day has not come; what has taken effect is ended by another order."""
    return await _steered(shared.operations.withdraw, operation_id, identity, shared, locale)


@router.post(
    "/operations/{operation_id}/rerun",
    response_model=OperationDetail,
    responses=problems(401, 404, 409, 503),
    operation_id="rerunOperation",
)
async def rerun(operation_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language) -> Response:
    """Tries what was refused or failed once more."""
    return await _steered(shared.operations.rerun, operation_id, identity, shared, locale)


async def _steered(
    steer: Callable[[Identity, uuid.UUID], Awaitable[None]],
    operation_id: uuid.UUID,
    identity: Identity,
    shared: Dependencies,
    locale: Locale,
) -> Response:
    await steer(identity, operation_id)
    async with shared.reading.connect() as connection:
        detail = await operation_detail(connection, operation_id, identity, locale)
    return answer(detail)
