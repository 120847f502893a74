import uuid
from html import escape

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from service.addresses import PREFIX
from service.api.identity import Language
from translations import Locale, translate
from translations import mark as _

router = APIRouter(include_in_schema=False)

_TITLE = _("An appraisal waits for you")
_TASKS_TITLE = _("Tasks wait for you")
_LOCATES = _(
    "This link shows where the case is; it opens nothing. Who may see it is decided after signing in."
)
_LISTS = _(
    "This link leads to your list of tasks; it opens nothing. Everybody sees his own after signing in."
)
_HOW = _("Until the pages for people come, it is read with your token:")


@router.get("/appraisals/{appraisal}", response_class=HTMLResponse)
async def land(appraisal: uuid.UUID, locale: Language) -> Response:
    """The page behind a link in a message. It is the same for every id, so that it reveals nothing."""
    return _page(_TITLE, _LOCATES, f"/appraisals/{appraisal}", locale)


@router.get("/tasks", response_class=HTMLResponse)
async def land_on_tasks(locale: Language) -> Response:
    """The page behind the link to one's tasks. It is the same for everybody."""
    return _page(_TASKS_TITLE, _LISTS, "/tasks", locale)


def _page(title: str, locates: str, address: str, locale: Locale) -> Response:
    title, locates, how = (escape(translate(text, locale)) for text in (title, locates, _HOW))
    return HTMLResponse(
        f'<!doctype html><html lang="{locale}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        f"<main><h1>{title}</h1><p>{locates}</p><p>{how}</p>"
        f'<pre>curl -H "Authorization: Bearer …" {PREFIX}{address}</pre></main></html>',
        headers={
            "Content-Language": str(locale),
            "Content-Security-Policy": "default-src 'none'",
            "Referrer-Policy": "no-referrer",
        },
    )
