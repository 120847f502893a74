"""Makes the pages. They hold no script, and everything that somebody wrote is escaped."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from service.problems import Invalid, Problem
from service.problems.wording import finding_sentence
from service.public_feedback.schemas import PublicForm
from service.web.public_feedback.filled import NONCE, STEP_PREFIX, TEXT, Filled
from translations import Locale, negotiate, translate
from translations import mark as _

STYLE = (files("service.web.public_feedback") / "style.css").read_text("utf-8")
STYLE_PATH = "/gaya/umpan-balik.css"
_STYLE_ADDRESS = f"{STYLE_PATH}?v={hashlib.sha256(STYLE.encode()).hexdigest()[:12]}"
_RENEWED = _(
    "This form had been open for too long and is new now. What you filled in is still here. Please send it once more."
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "Vary": "Accept-Language",
}


def locale_of(request: Request) -> Locale:
    """The language that the address names, else the one that the browser asks for."""
    named = request.query_params.get("bahasa")
    return Locale(named) if named in set(Locale) else negotiate(request.headers.get("accept-language"))


def page_of_form(form: PublicForm, filled: Filled, locale: Locale, problem: Problem | None) -> HTMLResponse:
    """The form with what was filled in, and with what is wrong at its question."""
    findings = _findings(problem, locale)
    content = {
        "form": form,
        "filled": filled,
        "findings": findings,
        # What was sent says nothing of one question: it is said above the form.
        "sentence": None if problem is None or findings else translate(_RENEWED, locale),
        "step_prefix": STEP_PREFIX,
        "text_field": TEXT,
        "nonce_field": NONCE,
    }
    return _page("form.html.jinja", locale, 200 if problem is None else problem.status, content)


def page_of_thanks(locale: Locale) -> HTMLResponse:
    """The thanks, the same for everybody."""
    return _page("thanks.html.jinja", locale, 200, {})


def page_of_problem(
    problem: Problem, locale: Locale, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """A problem that leaves no form to be shown."""
    content = {"status": problem.status, "title": problem.title, "sentence": _sentence(problem, locale)}
    response = _page("problem.html.jinja", locale, problem.status, content)
    response.headers.update({**problem.headers, **(headers or {})})
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response


def _findings(problem: Problem | None, locale: Locale) -> dict[str, str]:
    """What is wrong by element, or by `text`."""
    if not isinstance(problem, Invalid):
        return {}
    return {each.field.rpartition("/")[2]: finding_sentence(each, locale) for each in problem.errors}


def _sentence(problem: Problem, locale: Locale) -> str:
    return translate(problem.message, locale, **problem.parameters)


def _page(template: str, locale: Locale, status: int, content: Mapping[str, Any]) -> HTMLResponse:
    def worded(message: str, /, **parameters: object) -> str:
        return translate(message, locale, **parameters)

    other = Locale.INDONESIAN if locale is Locale.ENGLISH else Locale.ENGLISH
    page = _environment().get_template(template)
    text = page.render(_=worded, locale=locale, other=other, style=_STYLE_ADDRESS, **content)
    return HTMLResponse(text, status, {**_HEADERS, "Content-Language": quote(locale)})


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("service.web.public_feedback"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
