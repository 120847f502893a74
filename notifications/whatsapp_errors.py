"""What the codes of the WhatsApp Cloud API mean for a message (Meta, Cloud API error codes, May 2026)."""

from enum import Enum, auto


class Verdict(Enum):
    """What to do after an error."""

    BAD_ADDRESS = auto()
    """Nothing will ever arrive at this number."""
    REFUSED = auto()
    """This message will not be accepted, however often it is sent."""
    LATER = auto()
    """Too many messages, or the API is too busy at present."""
    OURSELVES = auto()
    """Our account, number, token or template is at fault: every message would fail in the same way."""


_BAD_ADDRESS = frozenset({131021, 131026, 131030})
"""The recipient is our own number, is not on WhatsApp, or is not a number that a test account may write to."""
_LATER = frozenset({1, 2, 4, 80007, 130429, 131000, 131016, 131048, 131056, 131057, 133004, 133016})
"""Unknown faults, maintenance, and limits: of the rate, of spam, and of messages between two numbers."""
_OURSELVES = frozenset(
    {0, 3, 10, 33, 190, 368, 130497, 131005, 131031, 131037, 131042, 131045, 133005, 133006, 133010, 133015}
)
"""Sign-in, rights, a locked or unpaid account, a number that is not registered (131045 is its certificate)."""
_TEMPLATES = range(132000, 133000)
"""A template that is unknown, paused, or has other parameters."""
_RIGHTS = range(200, 300)


def verdict_of(code: int | None, status: int) -> Verdict:
    """What an error code means. The HTTP status decides if the code is not known."""
    if code in _BAD_ADDRESS:
        return Verdict.BAD_ADDRESS
    if code in _LATER:
        return Verdict.LATER
    if code is not None and (code in _OURSELVES or code in _TEMPLATES or code in _RIGHTS):
        return Verdict.OURSELVES
    if status == 429 or status >= 500:
        return Verdict.LATER
    return Verdict.OURSELVES if status in {401, 403, 404} else Verdict.REFUSED
