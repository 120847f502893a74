"""Addresses of the page: the form, its sending, the thanks, and the style."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from service.problems import BodyTooLarge, FormExpired, Invalid, Problem, Unavailable
from service.public_feedback.giving import Forms, Sent
from service.public_feedback.linking import PATH
from service.public_feedback.showing import shown_form
from service.web.public_feedback.filled import Filled, read_filled
from service.web.public_feedback.rendering import (
    STYLE,
    STYLE_PATH,
    locale_of,
    page_of_form,
    page_of_problem,
    page_of_thanks,
)
from store.database import is_away

MOST_BYTES = 32 * 1024
_COOKIE = "perangkat"
_COOKIE_SECONDS = 2 * 24 * 3600
"""Renewed whenever a form is opened, so that it outlives the day of an answer and not much more."""

Handler = Callable[[Request], Awaitable[Response]]


def feedback_pages(forms: Forms, *, secure: bool) -> APIRouter:
    """The pages of the forms. With ``secure`` the cookie travels over TLS only."""
    router = APIRouter(include_in_schema=False)

    async def show(request: Request) -> Response:
        return await _form(request, Filled())

    async def send(request: Request) -> Response:
        filled = await read_filled(request, MOST_BYTES)
        host = None if request.client is None else request.client.host
        sent = Sent(filled.steps, filled.text, filled.nonce, host, request.cookies.get(_COOKIE))
        try:
            await forms.leave(request.path_params["token"], sent)
        except (Invalid, FormExpired) as problem:
            return await _form(request, filled, problem)
        # A page that is loaded again after it sends nothing again.
        address = f"{PATH}/{request.path_params['token']}/terima-kasih?bahasa={locale_of(request)}"
        return RedirectResponse(address, HTTPStatus.SEE_OTHER, {"Cache-Control": "no-store"})

    async def _form(request: Request, filled: Filled, problem: Problem | None = None) -> Response:
        locale = locale_of(request)
        form = shown_form(await forms.open(request.path_params["token"]), locale)
        response = page_of_form(form, filled, locale, problem)
        device = forms.device(request.cookies.get(_COOKIE))
        if device is not None:
            response.set_cookie(
                _COOKIE, device, _COOKIE_SECONDS, path=PATH, secure=secure, httponly=True, samesite="lax"
            )
        return response

    async def thank(request: Request) -> Response:
        return page_of_thanks(locale_of(request))

    async def style(_request: Request) -> Response:
        return Response(STYLE, 200, {"Cache-Control": "public, max-age=31536000, immutable"}, "text/css")

    for path, method, handler in (
        (STYLE_PATH, "GET", style),
        (f"{PATH}/{{token}}", "GET", show),
        (f"{PATH}/{{token}}", "POST", send),
        (f"{PATH}/{{token}}/terima-kasih", "GET", thank),
    ):
        router.add_api_route(path, _explained(handler), methods=[method])
    return router


def _explained(handler: Handler) -> Handler:
    """The same handler; what goes wrong is a page too, since people read it."""

    async def explained(request: Request) -> Response:
        try:
            return await handler(request)
        except Problem as problem:
            if isinstance(problem, BodyTooLarge):
                # The rest of the body is not read; the connection cannot be used again.
                return page_of_problem(problem, locale_of(request), {"Connection": "close"})
            return page_of_problem(problem, locale_of(request))
        except Exception as error:
            if not is_away(error):
                raise
            return page_of_problem(Unavailable(), locale_of(request))

    return explained
