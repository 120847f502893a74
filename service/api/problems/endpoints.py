from html import escape
from string import Formatter

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

from service.api.identity import Language
from service.problems import TITLES, NotFound, Problem
from service.problems.refusals import KINDS
from states.errors import DomainError
from translations import Locale, translate

router = APIRouter(include_in_schema=False)

PROBLEMS: dict[str, type[Problem] | type[DomainError]] = {
    **{kind.code: kind for kind in Problem.__subclasses__()},
    **KINDS,
}
"""Every problem by its code."""


@router.get("/problems/{code}", response_class=HTMLResponse)
async def explain(code: str, locale: Language) -> Response:
    """Explains a problem: the page behind the ``type`` of a problem document."""
    kind = PROBLEMS.get(code)
    if kind is None:
        raise NotFound
    title = escape(translate(TITLES[code], locale))
    message = getattr(kind, "message", DomainError.message)
    detail = escape(_template(message, locale))
    return HTMLResponse(
        f'<!doctype html><html lang="{locale}"><meta charset="utf-8"><title>{title}</title>'
        f"<h1>{title}</h1><p>{detail}</p><p>HTTP {kind.status}, <code>{code}</code></p></html>",
        headers={"Content-Language": str(locale), "Content-Security-Policy": "default-src 'none'"},
    )


def _template(message: str, locale: Locale) -> str:
    """The message with an ellipsis for each placeholder."""
    names = [name for _, name, _, _ in Formatter().parse(message) if name]
    return translate(message, locale, **dict.fromkeys(names, "…"))
