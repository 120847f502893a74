"""Names a place in a body."""

from collections.abc import Iterable


def json_pointer(path: Iterable[str | int]) -> str:
    """The JSON pointer to a place (RFC 6901); empty for the whole."""
    return "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in path)
