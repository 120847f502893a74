"""The channels that the settings name."""

from notifications.channel import Channel
from notifications.email import EmailChannel, MailServer
from notifications.failover import FailoverChannel
from notifications.return_path import ReturnPaths
from notifications.telegram import TelegramChannel
from notifications.webhook import WebhookChannel
from notifications.whatsapp import WhatsAppAccount, WhatsAppChannel
from service.configuration.settings import Settings
from store.message.channels import ChannelName
from translations import Locale


def channels_from(settings: Settings) -> dict[ChannelName, Channel]:
    """The configured channels; e-mail is always one. Raises `ValueError` without a mail server."""
    channels: dict[ChannelName, Channel] = {ChannelName.EMAIL: _email(settings)}
    whatsapp = _whatsapp_account(settings)
    if whatsapp is not None:
        channels[ChannelName.WHATSAPP] = WhatsAppChannel(whatsapp, settings.public_address)
    if settings.telegram_token is not None:
        token = settings.telegram_token.get_secret_value()
        channels[ChannelName.TELEGRAM] = TelegramChannel(token, url=settings.telegram_api_url)
    if settings.webhook_url is not None and settings.webhook_secret is not None:
        secret = settings.webhook_secret.get_secret_value()
        channels[ChannelName.WEBHOOK] = WebhookChannel(settings.webhook_url, secret)
    return channels


def return_paths_from(settings: Settings) -> ReturnPaths:
    """The addresses for bounces: at the domain that the settings name for them, else at the sender's."""
    return ReturnPaths(settings.token_secret(), settings.bounce_domain or settings.mail_domain)


def _email(settings: Settings) -> Channel:
    """E-mail from ``kinerja`` at the public host. Several servers stand in for each other."""
    if not settings.smtp_servers:
        raise ValueError("the settings name no mail server; use with_running_servers first")
    paths = return_paths_from(settings)
    sender = settings.mail_sender
    providers: dict[str, Channel] = {}
    for server in settings.smtp_servers:
        mail_server = MailServer(
            server.host, server.port, server.implicit_tls, server.username, server.password
        )
        providers[mail_server.name] = EmailChannel(mail_server, sender=sender, return_paths=paths)
    return FailoverChannel(providers) if len(providers) > 1 else next(iter(providers.values()))


def _whatsapp_account(settings: Settings) -> WhatsAppAccount | None:
    number, token = settings.whatsapp_phone_number_id, settings.whatsapp_access_token
    indonesian, english = settings.whatsapp_template_id, settings.whatsapp_template_en
    if number is None or token is None or indonesian is None or english is None:
        return None
    templates = {Locale.INDONESIAN: indonesian, Locale.ENGLISH: english}
    return WhatsAppAccount(number, token.get_secret_value(), templates, settings.whatsapp_api_url)
