import datetime as dt

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, Response

from service.accounts.hooks import same
from service.addresses import PREFIX
from service.api.answers import problems
from service.api.dependencies import Shared
from service.api.webhooks.reading import parsed
from service.channels.telegram_updates import take_update
from service.problems import NotFound, WebhookRefused

PATH = f"{PREFIX}/webhooks/telegram"

router = APIRouter(tags=["webhooks"])


@router.post(PATH, responses=problems(400, 403, 404, 413, 503), operation_id="receiveTelegram")
async def receive(request: Request, shared: Shared) -> Response:
    """What people write to the bot: ``/start`` with a code links their chat, ``/stop`` ends that.

    Known by ``X-Telegram-Bot-Api-Secret-Token``. The reply travels in the answer, as the Bot API allows.
    """
    secret, codes = shared.hooks.telegram_secret, shared.hooks.link_codes
    if secret is None or codes is None:
        raise NotFound
    if not same(request.headers.get("x-telegram-bot-api-secret-token", ""), secret):
        raise WebhookRefused
    content = parsed(await request.body())
    reply = await take_update(shared.database, codes, content, dt.datetime.now(dt.UTC))
    if reply is None:
        return Response()
    return JSONResponse({"method": "sendMessage", "chat_id": reply.chat, "text": reply.text})
