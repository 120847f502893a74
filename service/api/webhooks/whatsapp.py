import datetime as dt
import re
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import PlainTextResponse, Response

from service.accounts.hooks import is_signed_by_meta, same
from service.addresses import PREFIX
from service.api.answers import problems
from service.api.dependencies import Shared
from service.api.webhooks.reading import parsed
from service.channels.whatsapp_receipts import take_receipts
from service.problems import NotFound, Unavailable, WebhookRefused

PATH = f"{PREFIX}/webhooks/whatsapp"
MOST_BYTES = 3 * 1024 * 1024
"""Meta puts up to a thousand receipts into one call of this size."""

router = APIRouter(tags=["webhooks"])
_CHALLENGE = re.compile(r"[A-Za-z0-9_.-]{1,128}")


@router.get(
    PATH, response_class=PlainTextResponse, responses=problems(403, 404), operation_id="subscribeWhatsApp"
)
async def subscribe(
    shared: Shared,
    mode: Annotated[str, Query(alias="hub.mode")] = "",
    token: Annotated[str, Query(alias="hub.verify_token")] = "",
    challenge: Annotated[str, Query(alias="hub.challenge")] = "",
) -> Response:
    """Meta asks whether this address wants its calls: the challenge comes back for the agreed token."""
    expected = shared.hooks.whatsapp_verify_token
    if expected is None:
        raise NotFound
    if mode != "subscribe" or not same(token, expected) or not _CHALLENGE.fullmatch(challenge):
        raise WebhookRefused
    return PlainTextResponse(challenge)


@router.post(PATH, responses=problems(400, 403, 404, 413, 503), operation_id="receiveWhatsApp")
async def receive(request: Request, shared: Shared) -> Response:
    """Receipts of messages: delivered, read, failed. Known by ``X-Hub-Signature-256``; repeats are harmless.

    A receipt that is quicker than our own note of the sending is answered with 503, so that it comes again.
    """
    secret = shared.hooks.whatsapp_app_secret
    if secret is None:
        raise NotFound
    body = await request.body()
    if not is_signed_by_meta(body, request.headers.get("x-hub-signature-256", ""), secret):
        raise WebhookRefused
    if not await take_receipts(shared.database, parsed(body), dt.datetime.now(dt.UTC)):
        raise Unavailable
    return Response()
