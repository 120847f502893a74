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
    """It has reached its recipient: it lies in the inbox, or the provider says that it arrived."""
    SEEN = "seen"
    """Its recipient has opened it in the inbox, or the provider says so."""
    TEMPORARY_FAILURE = "temporary_failure"
    PERMANENT_FAILURE = "permanent_failure"
    CANCELLED = "cancelled"
    """What it asks for was done, or was no longer asked for, before it was sent."""
    SUPPRESSED = "suppressed"
    """Deliberately not sent through this channel; the reason says why."""
