"""The addresses of a person, channel by channel, in the language of their reader."""

from collections.abc import Iterable
from typing import Literal

from service.channels.reach import Reach
from service.contacts.addresses import CONSENT
from service.contacts.schemas import Addresses, AddressLine
from service.notices.wording import channel_name
from store.contact.owning import Address
from store.message.channels import SENT_BY_RELAY, ChannelName
from translations import Locale, translate
from translations import mark as _

_ASK_HR = _(
    "Tell your personnel officer an e-mail address that works; he enters it in the roster. Until then read the inbox."
)
_NO_EMAIL = _("The roster has no e-mail address of yours; tell your personnel officer one.")
_GIVE_ANOTHER = _("Messages do not arrive there. Give the address again if it works by now, or another one.")


def shown_addresses(addresses: Iterable[Address], reach: Reach, locale: Locale) -> Addresses:
    """How each channel reaches a person, and what to do where it does not."""
    known: dict[ChannelName, Address] = {}
    for each in addresses:
        # If a channel has several addresses: the working one, else the latest.
        if each.channel not in known or (known[each.channel].bad_since and not each.bad_since):
            known[each.channel] = each
    lines = [_line(channel, known.get(channel), reach, locale) for channel in SENT_BY_RELAY]
    return Addresses(addresses=lines, consent=translate(CONSENT, locale))


def _line(channel: ChannelName, address: Address | None, reach: Reach, locale: Locale) -> AddressLine:
    advice = _advice(channel, address)
    state: Literal["in_use", "bad", "none"] = "in_use"
    if address is None:
        state = "none"
    elif address.bad_since is not None:
        state = "bad"
    return AddressLine(
        channel=channel,
        channel_name=channel_name(channel, locale),
        configured=channel in reach.channels,
        address=None if address is None else address.address,
        state=state,
        since=None if address is None else address.confirmed_at,
        bad_since=None if address is None else address.bad_since,
        what_to_do=None if advice is None else translate(advice, locale),
    )


def _advice(channel: ChannelName, address: Address | None) -> str | None:
    if channel is ChannelName.EMAIL:
        if address is None:
            return _NO_EMAIL
        return None if address.bad_since is None else _ASK_HR
    return None if address is None or address.bad_since is None else _GIVE_ANOTHER
