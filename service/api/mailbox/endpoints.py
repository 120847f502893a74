import asyncio
from html import escape

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from service.api.answers import answer, problems
from service.api.dependencies import Dependencies, Shared
from service.api.mailbox.schemas import MailLine, MailList
from service.problems import NotFound
from service.runtime.mailbox import StoredMessage, list_messages

router = APIRouter(tags=["mailbox"])


@router.get("/mailbox", response_class=HTMLResponse, include_in_schema=False)
async def page(shared: Shared) -> Response:
    """A page that shows the local mailbox. It exists only if mail goes nowhere else."""
    content = _html(await _messages(shared))
    return HTMLResponse(content, headers={"Content-Security-Policy": "default-src 'none'"})


@router.get("/api/v1/mailbox", response_model=MailList, responses=problems(404), operation_id="listMail")
async def messages(shared: Shared) -> Response:
    """The messages in the local mailbox."""
    lines = [
        MailLine(
            id=message.id,
            sender=message.sender,
            to=list(message.to),
            subject=message.subject,
            date=message.date,
            text=message.text,
        )
        for message in await _messages(shared)
    ]
    return answer(MailList(items=lines))


async def _messages(shared: Dependencies) -> list[StoredMessage]:
    if shared.mailbox is None:
        raise NotFound
    return await asyncio.to_thread(list_messages, shared.mailbox)


def _html(found: list[StoredMessage]) -> str:
    articles = "".join(
        f"<article><h2>{escape(message.subject)}</h2>"
        f"<p>{escape(', '.join(message.to))}, {message.date.isoformat(timespec='seconds')}</p>"
        f"<pre>{escape(message.text)}</pre></article>"
        for message in found
    )
    return (
        '<!doctype html><html lang="id"><meta charset="utf-8"><title>kinerja: mailbox</title>'
        f"<h1>kinerja: mailbox</h1>{articles or '<p>-</p>'}</html>"
    )
