"""Sentences for pausing and resuming a channel."""

from collections.abc import Mapping
from enum import StrEnum

from service.notices.wording import channel_name
from store.message.channels import ChannelName
from translations import Locale, translate
from translations import mark as _

LONGEST_REASON = 500


class Steered(StrEnum):
    """The outcome of a request to pause or resume."""

    PAUSED = "paused"
    PAUSED_ALREADY = "paused_already"
    RESUMED = "resumed"
    OPEN_ALREADY = "open_already"


SAID: Mapping[Steered, str] = {
    Steered.PAUSED: _("{channel} is paused. What is being sent ends; everything else waits, and nothing is lost."),
    Steered.PAUSED_ALREADY: _("{channel} is paused already, for the reason that was given then."),
    Steered.RESUMED: _("{channel} goes on; what waited leaves now, each message at its own moment."),
    Steered.OPEN_ALREADY: _("{channel} is not paused."),
}  # fmt: skip


def said_of(steered: Steered, channel: ChannelName, locale: Locale) -> str:
    """The outcome of the request in a sentence."""
    return translate(SAID[steered], locale, channel=channel_name(channel, locale))
