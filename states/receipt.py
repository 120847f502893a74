"""What shows that a result was received (PP 30/2019 arts 49(3) and 59(1) count 14 days from it)."""

from enum import StrEnum


class Evidence(StrEnum):
    """How the receipt of a result is evidenced. Delivery alone is no receipt; it may only lead to `DEEMED`."""

    SEEN = "seen"
    """The employee, signed in, opened the result."""
    ACKNOWLEDGED = "acknowledged"
    """*Tanda terima*: the employee confirmed it, or answered the result."""
    DEEMED = "deemed"
    """The agency's policy: delivered, and so many days went by."""
    REFUSED = "refused"
    """The employee would not take it; a witness note (*berita acara*) says so."""
    RECORDED = "recorded"
    """Handed over in person; the personnel officers put it on record."""


OFFICIAL = (Evidence.RECORDED, Evidence.REFUSED)
"""What the personnel officers may put on record; the first unless they say otherwise."""
