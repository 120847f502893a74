"""The key that distinguishes a repeated request from a second one."""

import re

from service.problems import IdempotencyKeyInvalid, IdempotencyKeyMissing
from states.command_keys import RESERVED

KEY_PATTERN = f"(?!{'|'.join(RESERVED)})[!-~]{{1,80}}"
"""The form of a key. Keys under which the service itself records are reserved."""
_KEY = re.compile(rf"{KEY_PATTERN}\Z")


def checked_key(given: str | None) -> str:
    """The key, if it is valid. Raises `IdempotencyKeyMissing` or `IdempotencyKeyInvalid`."""
    if not given:
        raise IdempotencyKeyMissing
    if not _KEY.match(given):
        raise IdempotencyKeyInvalid
    return given
