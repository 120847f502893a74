"""Reads a form as a browser sends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from fastapi import Request

from service.problems import BodyTooLarge, FormUnreadable, NotAForm

STEP_PREFIX = "n-"
"""Before the name of an element: no element can be mistaken for another field."""
TEXT, NONCE = "teks", "formulir"
_MEDIA_TYPE = "application/x-www-form-urlencoded"
_MOST_FIELDS = 80


@dataclass(frozen=True, slots=True)
class Filled:
    """What was filled in so far."""

    steps: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    nonce: str = ""


async def read_filled(request: Request, most: int) -> Filled:
    """The form in the body. Raises `BodyTooLarge`, `NotAForm` and `FormUnreadable`."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != _MEDIA_TYPE:
        raise NotAForm
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise BodyTooLarge(most=str(most // 1024))
    try:
        fields = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError:
        raise FormUnreadable from None
    given: dict[str, list[str]] = {}
    for name, value in fields:
        given.setdefault(name, []).append(value)
    # Two steps for one element are none: nobody can tell which was meant.
    steps = {
        name.removeprefix(STEP_PREFIX): values[0] if len(values) == 1 else ""
        for name, values in given.items()
        if name.startswith(STEP_PREFIX)
    }
    return Filled(steps, "\n".join(given.get(TEXT, [])), "".join(given.get(NONCE, [])[:1]))
