"""States of a notice."""

from enum import StrEnum


class NoticeState(StrEnum):
    """Where a notice stands on its way to its reader."""

    CREATED = "created"
    HELD = "held"
    """Waits for the sending hours, or for a day with room for one more message."""
    DIGESTING = "digesting"
    """Waits for the digest that it is gathered into."""
    SENDING = "sending"
    """In a message that a relay has claimed."""
    SENT = "sent"
    """The provider has taken it over."""
    DELIVERED = "delivered"
    """It lies where its recipient reads: in the inbox, or where the provider says so."""
    SEEN = "seen"
    """Its recipient has opened it in the inbox, or the provider says so."""
    TEMPORARY_FAILURE = "temporary_failure"
    PERMANENT_FAILURE = "permanent_failure"
    CANCELLED = "cancelled"
    """What it asks for was done, or is no longer asked, before it was sent."""
    SUPPRESSED = "suppressed"
    """Not sent through this channel on purpose; the reason says why."""
