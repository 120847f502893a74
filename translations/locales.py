"""The languages on offer, and which of them a browser asks for."""

import re
from enum import StrEnum


class Locale(StrEnum):
    """A language that pages, mails and errors can be read in."""

    INDONESIAN = "id"
    ENGLISH = "en"


DEFAULT = Locale.INDONESIAN

# ISO 639 called Indonesian "in" until 1989, and some Android versions still send it.
_BY_TAG = {"id": Locale.INDONESIAN, "in": Locale.INDONESIAN, "en": Locale.ENGLISH, "*": DEFAULT}
_RANGE = re.compile(
    r"(?P<tag>\*|[a-z]{2,3})(?:-[a-z0-9-]+)?\s*(?:;\s*q\s*=\s*(?P<weight>[01](?:\.[0-9]{0,3})?))?"
)


def negotiate(accept_language: str | None) -> Locale:
    """The best locale for an ``Accept-Language`` header (RFC 9110 §12.5.4); the default when none fits.

    Parts of the header that cannot be read are passed over: a reader gets a page, not an error.
    """
    best, best_weight = DEFAULT, 0.0
    for part in (accept_language or "").lower().split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None or match["tag"] not in _BY_TAG:
            continue
        weight = float(match["weight"] or 1)
        if weight > best_weight:
            best, best_weight = _BY_TAG[match["tag"]], weight
    return best
