import uuid

from fastapi import APIRouter, Request
from starlette.responses import Response

from service.api.answers import answer, problems
from service.api.body import documented, read_body
from service.api.dependencies import Shared
from service.api.idempotency import KEY_PARAMETER, given_key
from service.api.identity import Language, SignedIn
from service.api.paging import DEFAULT_LIMIT, Cursor, Limit
from service.idempotency import checked_key
from service.problems import NotFound
from service.public_feedback.moderating import clear, refuse, texts_waiting
from service.public_feedback.qr import qr_svg
from service.public_feedback.reading import public_feedback_of
from service.public_feedback.schemas import (
    ClearedText,
    NewPublicLink,
    PublicLink,
    UnitFeedback,
    WaitingText,
    WaitingTexts,
)

router = APIRouter(tags=["public feedback"])


@router.put(
    "/units/{unit_id}/public-link",
    response_model=PublicLink,
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra={"parameters": [KEY_PARAMETER], **documented(NewPublicLink)},
    operation_id="setPublicLink",
)
async def set_public_link(
    request: Request, unit_id: uuid.UUID, identity: SignedIn, shared: Shared
) -> Response:
    """Opens or closes the form of a unit to the public, or renews its link, as a personnel officer.

    A renewed link lets every earlier print lead nowhere. Else a print stays good for as long as the unit exists.
    """
    key = checked_key(given_key(request))
    body = await read_body(request, NewPublicLink)
    return answer(await shared.linking.change(identity, unit_id, key, body))


@router.get(
    "/units/{unit_id}/public-link",
    response_model=PublicLink,
    responses=problems(401, 404, 409, 503),
    operation_id="getPublicLink",
)
async def public_link(unit_id: uuid.UUID, identity: SignedIn, shared: Shared) -> Response:
    """The link to the form of a unit, for personnel officers and the head of the unit."""
    async with shared.reading.connect() as connection:
        found = await shared.linking.of(connection, identity, unit_id)
    return answer(found)


@router.get(
    "/units/{unit_id}/public-link/qr.svg",
    response_class=Response,
    responses={
        200: {"content": {"image/svg+xml": {"schema": {"type": "string"}}}, "description": "The QR code."},
        **problems(401, 404, 409, 503),
    },
    operation_id="getPublicQr",
)
async def qr(unit_id: uuid.UUID, identity: SignedIn, shared: Shared) -> Response:
    """The link as a QR code to be printed, for personnel officers and the head of the unit."""
    async with shared.reading.connect() as connection:
        found = await shared.linking.of(connection, identity, unit_id)
    picture = qr_svg(found)
    if picture is None:
        raise NotFound
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'"}
    return Response(picture, 200, headers, "image/svg+xml")


@router.get(
    "/units/{unit_id}/public-feedback",
    response_model=UnitFeedback,
    responses=problems(401, 404, 409, 503),
    operation_id="getPublicFeedback",
)
async def public_feedback(
    unit_id: uuid.UUID, identity: SignedIn, shared: Shared, locale: Language
) -> Response:
    """What the public says of a unit, by period: the index, its category, and each element.

    For everybody of the agency. Cleared texts are for personnel officers, the head of the unit and those above him.
    """
    async with shared.reading.connect() as connection:
        found = await public_feedback_of(connection, identity, unit_id, locale)
    return answer(found)


@router.get(
    "/public-texts",
    response_model=WaitingTexts,
    responses=problems(400, 401, 403, 422, 503),
    operation_id="listPublicTexts",
)
async def waiting(
    identity: SignedIn, shared: Shared, cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> Response:
    """The texts of the public that wait for a decision, for personnel officers. Names in them are masked."""
    async with shared.reading.connect() as connection:
        page = await texts_waiting(connection, identity, cursor=cursor, limit=limit)
    return answer(page)


@router.post(
    "/public-texts/{text_id}/clear",
    response_model=WaitingText,
    responses=problems(400, 401, 403, 404, 409, 413, 415, 422, 503),
    openapi_extra=documented(ClearedText),
    operation_id="clearPublicText",
)
async def cleared(request: Request, text_id: uuid.UUID, identity: SignedIn, shared: Shared) -> Response:
    """Clears a text, as it stands or edited. Needs no key: to repeat it changes nothing. The original is deleted."""
    body = await read_body(request, ClearedText)
    return answer(await clear(shared.database, identity, text_id, body))


@router.post(
    "/public-texts/{text_id}/refuse",
    response_model=WaitingText,
    responses=problems(401, 403, 404, 409, 503),
    operation_id="refusePublicText",
)
async def refused(text_id: uuid.UUID, identity: SignedIn, shared: Shared) -> Response:
    """Refuses a text, which is deleted. Needs no key: to repeat it changes nothing."""
    return answer(await refuse(shared.database, identity, text_id))
