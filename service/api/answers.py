"""Turns models into answers without validating them again, and documents them."""

import datetime as dt
import uuid
from typing import Any

from pydantic import BaseModel, ConfigDict
from starlette.responses import Response


def answer(content: BaseModel, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """The model as JSON. No cache keeps it, because what somebody may see changes."""
    return Response(
        content.model_dump_json(),
        status,
        {"Cache-Control": "no-store", **(headers or {})},
        "application/json",
    )


class ProblemError(BaseModel):
    """What is wrong with one field."""

    field: str
    """JSON pointer into the body, or the name of a header or parameter."""
    message: str

    model_config = ConfigDict(use_attribute_docstrings=True)


class Overtaking(BaseModel):
    """Who acted on the case before."""

    name: str
    capacity: str
    trigger: str
    at: dt.datetime
    """In business time."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class StaleDraft(BaseModel):
    """A draft that was saved elsewhere, and where what was sent is kept."""

    version: int
    """The version that is there now; 0 where there is none."""
    saved_at: dt.datetime | None
    aside: uuid.UUID | None
    """The id below `/drafts/{form}/aside` under which what was sent is kept; null where nothing was sent."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class ProblemDocument(BaseModel):
    """Problem details (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    """Stable and machine-readable; the last part of ``type``."""
    instance: str
    """The path that was asked for."""
    request_id: str
    field: str | None = None
    """The parameter of an action that was refused."""
    errors: list[ProblemError] = []
    overtaken_by: Overtaking | None = None
    """Who acted on the case last, where an action came too late for its stage and that was somebody else."""
    draft: StaleDraft | None = None
    """What is there instead, where a draft was saved over a version that its author had not read."""

    model_config = ConfigDict(use_attribute_docstrings=True)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problem answers of an endpoint, for its documentation."""
    return {status: {"model": ProblemDocument, "description": _MEANING[status]} for status in statuses}


_MEANING = {
    400: "The request cannot be read.",
    401: "Not signed in.",
    403: "Not permitted.",
    404: "There is nothing here, or it is not open to you.",
    408: "The body stopped coming; send it again.",
    409: "Not possible as things stand.",
    410: "Closed at present.",
    413: "The body is too large.",
    415: "The body has another media type than this address takes.",
    422: "Fields are missing, unknown or out of range.",
    429: "Too often; repeat after Retry-After.",
    503: "A server behind this one does not answer; repeat after Retry-After.",
}
