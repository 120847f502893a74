"""Valid addresses of chat channels, and the consent of a person who gives one. Pure."""

import re

from store.message.channels import ChannelName
from translations import mark as _

LONGEST = 320

NO_NUMBER = _("This is no Indonesian mobile number. Write it with country code, for example +6281234567890.")
NO_ADDRESS = _("This address cannot be used: no blanks at its ends, no line breaks, 1 to 320 characters.")
NEEDED = _("Give the address that messages are to go to.")
BY_LINK = _("A Telegram chat is connected by a link; leave the address out.")

CONSENT = _(
    "I want to get messages of Kinerja through this channel: that something is due, and a link to it. "
    "I can stop this at any time."
)
WITHOUT_CONSENT = _("Nothing is sent there without your consent; send consent with the value true.")

# After +62, mobile numbers begin with 8 and have nine to twelve digits.
_MOBILE = re.compile(r"\+628[1-9][0-9]{7,10}")
_SIGNS = re.compile(r"[\s().-]")
_PRINTABLE = re.compile(r"[^\s\x00-\x1f\x7f](?:[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f])?")


def mobile_number(written: str) -> str | None:
    """An Indonesian mobile number in the form of E.164, however it is written; None for anything else."""
    digits = _SIGNS.sub("", written)
    if digits.startswith("08"):
        digits = f"+62{digits[1:]}"
    elif digits.startswith("62"):
        digits = f"+{digits}"
    return digits if _MOBILE.fullmatch(digits) else None


def usable(channel: ChannelName, written: str) -> str | None:
    """The address in the channel's own form; None if it is not valid there."""
    if channel is ChannelName.WHATSAPP:
        return mobile_number(written)
    return written if len(written) <= LONGEST and _PRINTABLE.fullmatch(written) else None
