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
    """The agency's own gateway, which gets signed calls."""


CHAT = frozenset({ChannelName.WHATSAPP, ChannelName.TELEGRAM, ChannelName.WEBHOOK})
"""Channels that ring in somebody's pocket: used seldom, and only for people who asked for it."""

SENT_BY_RELAY = (ChannelName.EMAIL, ChannelName.WHATSAPP, ChannelName.TELEGRAM, ChannelName.WEBHOOK)
"""Channels with a provider; also the order in which they step in for each other."""
