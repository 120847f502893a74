"""The channels through which a person can be reached."""

from enum import StrEnum


class ChannelName(StrEnum):
    """One way to reach a person."""

    INBOX = "inbox"
    """The list in the application itself: always there."""
    EMAIL = "email"
    WHATSAPP = "whatsapp"
    TELEGRAM = "telegram"
    WEBHOOK = "webhook"
    """A gateway of the agency's own, told by signed calls."""


CHAT = frozenset({ChannelName.WHATSAPP, ChannelName.TELEGRAM, ChannelName.WEBHOOK})
"""Channels that ring in somebody's pocket: used only by those who asked for it, and seldom."""

SENT_BY_RELAY = (ChannelName.EMAIL, ChannelName.WHATSAPP, ChannelName.TELEGRAM, ChannelName.WEBHOOK)
"""Channels with a provider; also the order in which they step in for each other."""
