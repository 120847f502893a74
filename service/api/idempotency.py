"""The key by which a repeated request is told from a second one."""

import re
from typing import Any

from fastapi import Request

from service.problems import IdempotencyKeyInvalid, IdempotencyKeyMissing

# The clock records under "wake:...", the launch under "launch", an operation under "operation:...", what the
# service notes of a receipt under "seen:...", "delivered:..." and "bounced:...": nobody may take these names first.
_PATTERN = "(?!wake:|launch|operation:|seen:|delivered:|bounced:)[!-~]{1,80}"
_KEY = re.compile(rf"{_PATTERN}\Z")

KEY_PARAMETER: dict[str, Any] = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": True,
    "description": "New for each action, the same for its repeats.",
    "schema": {"type": "string", "pattern": f"^{_PATTERN}$"},
}
"""The header in the documentation."""


def given_key(request: Request) -> str | None:
    """The header as it came, or None."""
    return request.headers.get("idempotency-key")


def checked_key(given: str | None) -> str:
    """A key that can be used. Raises `IdempotencyKeyMissing` or `IdempotencyKeyInvalid`."""
    if not given:
        raise IdempotencyKeyMissing
    if not _KEY.match(given):
        raise IdempotencyKeyInvalid
    return given
