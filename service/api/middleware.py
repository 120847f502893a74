"""Gives every request an id, a size limit and a log line, and an answer even when something breaks."""

import re
import time
import uuid
from collections.abc import Callable, Mapping

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.problems import BodyTooLarge, InternalProblem

MOST_BYTES = 256 * 1024

_SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,64}\Z")
_log = structlog.get_logger("service.api")

Render = Callable[[Request, Exception], Response]


class Frame:
    """The outermost layer of the application. It is pure ASGI, because a middleware that starts a task is slow."""

    def __init__(self, app: ASGIApp, render: Render, larger: Mapping[str, int] | None = None) -> None:
        self._app = app
        self._render = render
        self._larger = [(_matching(path), most) for path, most in (larger or {}).items()]
        """The limit in bytes for each path, or template of paths, whose bodies may be larger than `MOST_BYTES`."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request (ASGI)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        request_id = _request_id(scope)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        scope.setdefault("state", {})["request_id"] = request_id
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [
                    *message.get("headers", ()),
                    (b"x-request-id", request_id.encode()),
                    (b"x-content-type-options", b"nosniff"),
                ]
            await send(message)

        try:
            await self._app(scope, _limited(scope, receive, self._most(scope["path"])), sending)
        except Exception as error:
            if status:
                raise
            if not isinstance(error, BodyTooLarge):
                _log.exception("request_failed")
                error = InternalProblem(request_id=request_id)
            await self._render(Request(scope), error)(scope, receive, sending)
        finally:
            route = scope.get("route")
            _log.info(
                "request",
                method=scope["method"],
                # The log gets the path's template, never the path: people's input in addresses stays out of it.
                route=getattr(route, "path", "-"),
                status=status,
                milliseconds=round((time.perf_counter() - began) * 1000, 1),
            )

    def _most(self, path: str) -> int:
        return next((most for pattern, most in self._larger if pattern.match(path)), MOST_BYTES)


def _matching(template: str) -> re.Pattern[str]:
    """The paths of a template such as ``/appraisals/{id}``, where a name in braces stands for one part."""
    return re.compile(re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(template)) + r"\Z")


def _request_id(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"x-request-id":
            given: str = value.decode("latin-1")
            return given if _SANE_ID.match(given) else uuid.uuid4().hex
    return uuid.uuid4().hex


def _limited(scope: Scope, receive: Receive, most: int) -> Receive:
    """Refuses a body over the limit: before reading it, or as soon as what was read exceeds the limit."""
    declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    too_large = declared.isdigit() and int(declared) > most
    received = 0

    async def limited() -> Message:
        nonlocal received
        if too_large:
            raise BodyTooLarge(most=str(most // 1024))
        message = await receive()
        if message["type"] == "http.request":
            received += len(message.get("body", b""))
            if received > most:
                raise BodyTooLarge(most=str(most // 1024))
        return message

    return limited
