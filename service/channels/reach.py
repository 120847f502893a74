"""The channels that the service can use to reach people."""

from dataclasses import dataclass
from typing import Self

from service.configuration.settings import Settings
from store.message.channels import ChannelName

_ALWAYS = frozenset({ChannelName.INBOX, ChannelName.EMAIL})


@dataclass(frozen=True, slots=True)
class Reach:
    """The configured channels; the inbox and e-mail are always configured."""

    channels: frozenset[ChannelName] = _ALWAYS
    telegram_bot: str | None = None
    """The name of the bot; without it no link to the bot can be made."""

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """The channels with complete settings; incomplete ones are refused when the settings are read."""
        given = {
            ChannelName.WHATSAPP: settings.whatsapp_phone_number_id,
            ChannelName.TELEGRAM: settings.telegram_token,
            ChannelName.WEBHOOK: settings.webhook_url,
        }
        channels = {channel for channel, value in given.items() if value is not None}
        return cls(_ALWAYS | channels, settings.telegram_bot)
