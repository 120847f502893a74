"""Every problem as `application/problem+json` (RFC 9457), in the language of its reader."""

import json
from typing import Any

import structlog
from asyncpg.exceptions import (  # type: ignore[import-untyped]  # asyncpg ships no types
    CannotConnectNowError,
    PostgresConnectionError,
)
from asyncpg.exceptions import InterfaceError as DriverError
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.responses import Response

from service.api.body import field_errors
from service.problems import (
    TITLES,
    DraftStale,
    FieldError,
    Invalid,
    MethodNotAllowed,
    NotFound,
    OutcomeUnknown,
    Problem,
    Unavailable,
)
from service.problems.wording import finding_sentence
from service.wording import overtaken_sentence, readable
from states.errors import DomainError, OvertakenBy
from store.database import is_away
from translations import Locale, negotiate, translate

MEDIA_TYPE = "application/problem+json"

_AWAY: tuple[type[Exception], ...] = (
    DBAPIError,
    PoolTimeout,
    OSError,
    PostgresConnectionError,
    CannotConnectNowError,
    DriverError,
)
"""What the driver raises when the database is away or goes away."""

_log = structlog.get_logger(__name__)


def render(request: Request, error: Exception) -> Response:
    """The answer to a problem of the service or a refusal of the core."""
    if not isinstance(error, Problem | DomainError):
        raise TypeError(f"{type(error).__name__} is no problem")
    locale = negotiate(request.headers.get("accept-language"))
    content: dict[str, Any] = {
        "type": f"/problems/{error.code}",
        "title": translate(TITLES[error.code], locale),
        "status": error.status,
        "detail": translate(error.message, locale, **readable(error.parameters, locale)),
        "code": error.code,
        "instance": request.url.path,
        "request_id": request.scope.get("state", {}).get("request_id", ""),
    }
    if isinstance(error, DomainError) and error.field is not None:
        content["field"] = error.field
        content["errors"] = [{"field": f"/{error.field}", "message": content["detail"]}]
    if isinstance(error, DomainError) and error.overtaken_by is not None:
        content["overtaken_by"] = _overtaken_by(error.overtaken_by)
        content["detail"] += " " + overtaken_sentence(error.overtaken_by, locale)
    elif isinstance(error, Problem) and error.errors:
        content["errors"] = [_finding(finding, locale) for finding in error.errors]
    if isinstance(error, DraftStale):
        content["draft"] = _stale(error)
    headers = dict(error.headers) if isinstance(error, Problem) else {}
    if isinstance(error, Problem) and error.retry_after is not None:
        headers["Retry-After"] = str(error.retry_after)
    return Response(
        json.dumps(content, ensure_ascii=False),
        error.status,
        {"Content-Language": str(locale), "Cache-Control": "no-store", **headers},
        MEDIA_TYPE,
    )


def _overtaken_by(by: OvertakenBy) -> dict[str, str]:
    return {
        "name": by.name,
        "capacity": by.capacity.value,
        "trigger": by.trigger.value,
        "at": by.at.isoformat(),
    }


def _stale(error: DraftStale) -> dict[str, int | str | None]:
    return {
        "version": error.version,
        "saved_at": None if error.saved_at is None else error.saved_at.isoformat(),
        "aside": None if error.aside is None else str(error.aside),
    }


def _finding(finding: FieldError, locale: Locale) -> dict[str, str]:
    return {"field": finding.field, "message": finding_sentence(finding, locale)}


async def _render(request: Request, error: Exception) -> Response:
    return render(request, error)


async def _http(request: Request, error: Exception) -> Response:
    """Answers the framework's own errors: no such route, no such method."""
    if not isinstance(error, HTTPException):
        raise TypeError(type(error).__name__)
    if error.status_code == MethodNotAllowed.status:
        response = render(request, MethodNotAllowed(method=request.method))
        response.headers.update(error.headers or {})
        return response
    return render(request, NotFound() if error.status_code == NotFound.status else Invalid())


async def _validation(request: Request, error: Exception) -> Response:
    """A malformed id in the path is answered as not found; other mistakes are named parameter by parameter."""
    if not isinstance(error, RequestValidationError):
        raise TypeError(type(error).__name__)
    details = error.errors()
    if any(detail["loc"][0] == "path" for detail in details):
        return render(request, NotFound())
    return render(request, Invalid(errors=field_errors(details, skip=1)))


async def _unreachable(request: Request, error: Exception) -> Response:
    """Answers that the database is away. A statement refused for its content is a fault and is raised again."""
    if isinstance(error, DBAPIError) and not is_away(error):
        raise error
    _log.warning("database_unavailable", error=type(error).__name__)
    return render(request, OutcomeUnknown() if request.method == "POST" else Unavailable())


def install(app: FastAPI) -> None:
    """Makes the application answer every problem in this form."""
    app.add_exception_handler(Problem, _render)
    app.add_exception_handler(DomainError, _render)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _validation)
    for kind in _AWAY:
        app.add_exception_handler(kind, _unreachable)
