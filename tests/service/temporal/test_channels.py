"""Which channels the settings make."""

import uuid

import pytest

from notifications.email import EmailChannel
from notifications.failover import FailoverChannel
from notifications.telegram import TelegramChannel
from notifications.webhook import WebhookChannel
from notifications.whatsapp import WhatsAppChannel
from service.configuration.settings import Settings, load_settings
from service.temporal.channels import channels_from, return_paths_from
from store.message.channels import SENT_BY_RELAY, ChannelName
from tests.fixtures.mail import Postbox
from tests.fixtures.web import Provider
from tests.notifications.envelopes import envelope

SECRET = "s" * 32
WEBHOOK_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def settings(**variables: str) -> Settings:
    usual = {
        "SECRET": SECRET,
        "SMTP_URL": "smtp://127.0.0.1:25",
        "PUBLIC_URL": "https://kinerja.kota.example",
    }
    return load_settings({f"KINERJA_{name}": value for name, value in (usual | variables).items()})


def test_without_a_mail_server_there_are_no_channels() -> None:
    with pytest.raises(ValueError, match="no mail server"):
        channels_from(load_settings({}))


def test_what_is_not_configured_is_not_there() -> None:
    assert set(channels_from(settings())) == {ChannelName.EMAIL}


def test_every_channel_can_be_configured() -> None:
    channels = channels_from(
        settings(
            WHATSAPP_PHONE_NUMBER_ID="106540352242922",
            WHATSAPP_ACCESS_TOKEN="access",
            WHATSAPP_TEMPLATE_ID="kinerja_id",
            WHATSAPP_TEMPLATE_EN="kinerja_en",
            TELEGRAM_TOKEN="1:x",
            WEBHOOK_URL="https://gateway.example/hook",
            WEBHOOK_SECRET=WEBHOOK_SECRET,
        )
    )
    assert tuple(channels) == SENT_BY_RELAY
    kinds = [EmailChannel, WhatsAppChannel, TelegramChannel, WebhookChannel]
    assert [type(channel) for channel in channels.values()] == kinds


def test_mail_is_sent_from_the_public_host_with_the_servers_sign_in() -> None:
    channel = channels_from(settings(SMTP_URL="smtps://u:p@mail.example"))[ChannelName.EMAIL]
    assert isinstance(channel, EmailChannel)
    assert channel.sender == "kinerja@kinerja.kota.example"
    assert channel.server.implicit_tls
    assert (channel.server.username, channel.server.password) == ("u", "p")


async def test_several_mail_servers_step_in_for_each_other() -> None:
    first, second = Postbox(), Postbox()
    urls = f"smtp://127.0.0.1:{first.port} smtp://127.0.0.1:{second.port}"
    channel = channels_from(settings(SMTP_URL=urls))[ChannelName.EMAIL]
    assert isinstance(channel, FailoverChannel)
    async with second.listening():
        await channel.send(envelope())
        await channel.close()
    assert len(second.received) == 1


async def test_the_configured_providers_are_the_ones_that_are_called() -> None:
    provider = Provider(answer={"ok": True})
    channels = channels_from(settings(TELEGRAM_TOKEN="1:x", TELEGRAM_API_URL=provider.url))
    async with provider.listening():
        await channels[ChannelName.TELEGRAM].send(envelope(address="123"))
        await channels[ChannelName.TELEGRAM].close()
    assert [call.path for call in provider.calls] == ["/bot1:x/sendMessage"]


@pytest.mark.parametrize(
    ("variables", "domain"),
    (({}, "kinerja.kota.example"), ({"BOUNCE_DOMAIN": "balik.kota.example"}, "balik.kota.example")),
)
def test_bounces_go_to_their_own_domain_or_that_of_the_sender(variables: dict[str, str], domain: str) -> None:
    address = return_paths_from(settings(**variables)).make(uuid.UUID(int=1))
    assert address.rpartition("@")[2] == domain
