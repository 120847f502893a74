"""The preferences of a person, in the language of their reader."""

from collections.abc import Iterable, Mapping

from service.channels.reach import Reach
from service.notices.wording import channel_name, kind_name
from service.preferences.matrix import Cell, matrix
from service.preferences.schemas import ChannelOffer, PreferenceCell, Preferences
from service.preferences.wording import lock_reason
from store.contact.owning import Address
from store.message.channels import ChannelName
from translations import Locale, translate


def shown_preferences(
    language: str,
    chosen: Mapping[tuple[str, ChannelName], bool],
    addresses: Iterable[Address],
    reach: Reach,
    locale: Locale,
) -> Preferences:
    """The whole matrix, from the choices of a person and the channels that reach him."""
    reached = {
        each.channel
        for each in addresses
        if each.bad_since is None and (each.confirmed_at is not None or each.channel is ChannelName.EMAIL)
    }
    available = reach.channels & (reached | {ChannelName.INBOX})
    return Preferences(
        locale=language,
        channels=[
            ChannelOffer(
                channel=channel,
                channel_name=channel_name(channel, locale),
                configured=channel in reach.channels,
                available=channel in available,
            )
            for channel in ChannelName
        ],
        cells=[_cell(cell, locale, available=cell.channel in available) for cell in matrix(chosen)],
    )


def _cell(cell: Cell, locale: Locale, *, available: bool) -> PreferenceCell:
    return PreferenceCell(
        kind=cell.kind,
        kind_name=kind_name(cell.kind, locale),
        channel=cell.channel,
        channel_name=channel_name(cell.channel, locale),
        wanted=cell.wanted,
        default=cell.default,
        locked=cell.locked,
        locked_because=translate(lock_reason(cell.kind, cell.channel), locale) if cell.locked else None,
        available=available,
    )
