"""The key by which a repeated request is told from a second one."""

import re

from service.problems import IdempotencyKeyInvalid, IdempotencyKeyMissing
from states.command_keys import RESERVED

KEY_PATTERN = f"(?!{'|'.join(RESERVED)})[!-~]{{1,80}}"
"""What may be a key. Nobody may take a key first that the service itself records under."""
_KEY = re.compile(rf"{KEY_PATTERN}\Z")


def checked_key(given: str | None) -> str:
    """A key that can be used. Raises `IdempotencyKeyMissing` or `IdempotencyKeyInvalid`."""
    if not given:
        raise IdempotencyKeyMissing
    if not _KEY.match(given):
        raise IdempotencyKeyInvalid
    return given
