import uuid
from html import escape

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from notifications.unsubscribing import PATH
from service.api.answers import problems
from service.api.dependencies import Dependencies, Shared
from service.api.identity import Language
from service.preferences.changing import switch_digests_off
from service.problems import FieldError, Invalid, NotFound
from translations import Locale, translate
from translations import mark as _

router = APIRouter(tags=["unsubscribe"])

_TITLE = _("Fewer e-mails from Kinerja")
_SWITCHES_OFF = _(
    "This switches off e-mails about new tasks, surveys, coming due days and changes. "
    "It can be switched on again after signing in."
)
_STAYS = _(
    "These still come by e-mail: your results and what follows from them, objections, what is late, and what somebody "
    "asks you for by name. "
    "The inbox in Kinerja has everything."
)
_DO = _("Switch off")
_DONE = _("These e-mails are switched off now.")
_ONE_CLICK = _("Send the field List-Unsubscribe with the value One-Click (RFC 8058).")
_PAGE_POLICY = "default-src 'none'; form-action 'self'"


@router.get(
    f"{PATH}/{{token}}",
    response_class=HTMLResponse,
    responses=problems(404),
    operation_id="showUnsubscribing",
)
async def show(token: str, shared: Shared, locale: Language) -> Response:
    """Says what the link switches off and what stays, and asks; looking changes nothing."""
    _person(token, shared)
    form = (
        '<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click">'
        f"<button>{escape(translate(_DO, locale))}</button></form>"
    )
    return _page(locale, [_SWITCHES_OFF, _STAYS], form)


@router.post(
    f"{PATH}/{{token}}",
    response_class=HTMLResponse,
    responses=problems(404, 413, 422, 503),
    operation_id="unsubscribe",
)
async def unsubscribe(token: str, request: Request, shared: Shared, locale: Language) -> Response:
    """Switches digests off by e-mail for the person of the link, and nothing else; repeats are harmless."""
    person = _person(token, shared)
    body = await request.body()
    # The body may be urlencoded or multipart: RFC 8058 §3.2 allows both.
    if b"List-Unsubscribe" not in body or b"One-Click" not in body:
        raise Invalid(errors=[FieldError("/List-Unsubscribe", _ONE_CLICK)])
    await switch_digests_off(shared.database, person)
    return _page(locale, [_DONE, _STAYS])


def _person(token: str, shared: Dependencies) -> uuid.UUID:
    tokens = shared.hooks.unsubscribe_tokens
    person = None if tokens is None else tokens.read(token)
    if person is None:
        raise NotFound
    return person


def _page(locale: Locale, paragraphs: list[str], more: str = "") -> Response:
    title = escape(translate(_TITLE, locale))
    text = "".join(f"<p>{escape(translate(paragraph, locale))}</p>" for paragraph in paragraphs)
    return HTMLResponse(
        f'<!doctype html><html lang="{locale}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>'
        f"<main><h1>{title}</h1>{text}{more}</main></html>",
        headers={
            "Cache-Control": "no-store",
            "Content-Language": str(locale),
            "Content-Security-Policy": _PAGE_POLICY,
            "Referrer-Policy": "no-referrer",
        },
    )
