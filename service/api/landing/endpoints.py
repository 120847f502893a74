import uuid
from html import escape

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from service.api.addresses import PREFIX
from service.api.identity import Language
from translations import mark as _
from translations import translate

router = APIRouter(include_in_schema=False)

_TITLE = _("An appraisal waits for you")
_LOCATES = _(
    "This link shows where the case is; it opens nothing. Who may see it is decided after signing in."
)
_HOW = _("Until the pages for people come, the case is read with your token:")


@router.get("/appraisals/{appraisal}", response_class=HTMLResponse)
async def land(appraisal: uuid.UUID, locale: Language) -> Response:
    """The page behind a link in a message: the same for every id, so that it tells nobody anything."""
    title, locates, how = (escape(translate(text, locale)) for text in (_TITLE, _LOCATES, _HOW))
    return HTMLResponse(
        f'<!doctype html><html lang="{locale}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        f"<main><h1>{title}</h1><p>{locates}</p><p>{how}</p>"
        f'<pre>curl -H "Authorization: Bearer …" {PREFIX}/appraisals/{appraisal}</pre></main></html>',
        headers={
            "Content-Language": str(locale),
            "Content-Security-Policy": "default-src 'none'",
            "Referrer-Policy": "no-referrer",
        },
    )
