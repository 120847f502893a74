"""The header that carries the idempotency key of a request."""

from typing import Any

from fastapi import Request

from service.idempotency import KEY_PATTERN

KEY_PARAMETER: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "New for each action, the same for its repeats.",
    "schema": {"type": "string", "pattern": f"^{KEY_PATTERN}$"},
}
"""The header, as the OpenAPI document describes it."""


def given_key(request: Request) -> str | None:
    """The header's value as it came, or None."""
    return request.headers.get("idempotency-key")
