"""Which channels reach people follows from the settings."""

import pytest

from service.channels.reach import Reach
from service.configuration.settings import SettingsError, load_settings
from store.message.channels import ChannelName

ALWAYS = frozenset({ChannelName.INBOX, ChannelName.EMAIL})


def test_inbox_and_e_mail_always_reach_people() -> None:
    reach = Reach.from_settings(load_settings({}))
    assert (reach.channels, reach.telegram_bot) == (ALWAYS, None)
    assert reach == Reach()


@pytest.mark.parametrize(
    ("channel", "variables"),
    (
        (
            ChannelName.WHATSAPP,
            {
                "KINERJA_WHATSAPP_PHONE_NUMBER_ID": "10987654321",
                "KINERJA_WHATSAPP_ACCESS_TOKEN": "x",
                "KINERJA_WHATSAPP_TEMPLATE_ID": "kinerja",
                "KINERJA_WHATSAPP_TEMPLATE_EN": "kinerja_en",
            },
        ),
        (ChannelName.TELEGRAM, {"KINERJA_TELEGRAM_TOKEN": "1:x", "KINERJA_TELEGRAM_BOT": "kinerja_bot"}),
        (
            ChannelName.WEBHOOK,
            {
                "KINERJA_WEBHOOK_URL": "https://gerbang.example/",
                "KINERJA_WEBHOOK_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            },
        ),
    ),
)
def test_a_channel_that_is_set_up_reaches_people(channel: ChannelName, variables: dict[str, str]) -> None:
    assert Reach.from_settings(load_settings(variables)).channels == ALWAYS | {channel}


def test_the_name_of_the_bot_is_known() -> None:
    settings = load_settings({"KINERJA_TELEGRAM_TOKEN": "1:x", "KINERJA_TELEGRAM_BOT": "kinerja_bot"})
    assert Reach.from_settings(settings).telegram_bot == "kinerja_bot"


def test_a_bot_without_its_token_is_refused() -> None:
    with pytest.raises(SettingsError, match="KINERJA_TELEGRAM_TOKEN must be set as well"):
        load_settings({"KINERJA_TELEGRAM_BOT": "kinerja_bot"})


@pytest.mark.parametrize("name", ("@kinerja_bot", "bot", "kinerja bot", "https://t.me/kinerja_bot"))
def test_a_name_that_no_bot_can_have_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="TELEGRAM_BOT"):
        load_settings({"KINERJA_TELEGRAM_TOKEN": "1:x", "KINERJA_TELEGRAM_BOT": name})
