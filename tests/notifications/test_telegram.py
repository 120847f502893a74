"""The Telegram channel against a server that answers as the Bot API does."""

import uuid
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from notifications.channel import PermanentFailure, ProviderUnavailable, TemporaryFailure
from notifications.http_provider import HttpProvider
from notifications.telegram import TelegramChannel
from tests.fixtures.web import Provider, vanishing
from tests.notifications.envelopes import envelope

CHAT = "123456789"
TAKEN = {"ok": True, "result": {"message_id": 42, "chat": {"id": int(CHAT), "type": "private"}}}


def refused(code: int, description: str, **parameters: Any) -> dict[str, Any]:
    return {"ok": False, "error_code": code, "description": description, "parameters": parameters}


def channel_to(url: str) -> TelegramChannel:
    return TelegramChannel("1:TOKEN", url=url, provider=HttpProvider("telegram", timeout=httpx.Timeout(0.5)))


@pytest.fixture
async def telegram() -> AsyncIterator[Provider]:
    provider = Provider(answer=TAKEN)
    async with provider.listening():
        yield provider


@pytest.fixture
async def channel(telegram: Provider) -> AsyncIterator[TelegramChannel]:
    found = channel_to(telegram.url)
    yield found
    await found.close()


async def test_a_message_has_the_subject_and_the_link_and_stays_in_its_chat(
    channel: TelegramChannel, telegram: Provider
) -> None:
    receipt = await channel.send(envelope(address=CHAT))
    assert (receipt.provider, receipt.reference) == ("telegram", "123456789/42")
    (call,) = telegram.calls
    assert call.path == "/bot1:TOKEN/sendMessage"
    assert call.content == {
        "chat_id": 123456789,
        "text": f"Pengingat: menilai kinerja\n\n{envelope().message.link}",
        "link_preview_options": {"is_disabled": True},
        "protect_content": True,
    }


@pytest.mark.parametrize(
    ("status", "description"),
    (
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (403, "Forbidden: bot can't initiate conversation with a user"),
        (400, "Bad Request: chat not found"),
    ),
)
async def test_a_chat_that_is_gone_is_permanent_and_at_fault(
    channel: TelegramChannel, telegram: Provider, status: int, description: str
) -> None:
    telegram.status, telegram.answer = status, refused(status, description)
    with pytest.raises(PermanentFailure) as failed:
        await channel.send(envelope(address=CHAT))
    assert failed.value.bad_address
    assert failed.value.answer == f"HTTP {status} {description}"


async def test_another_bad_request_is_no_fault_of_the_chat(
    channel: TelegramChannel, telegram: Provider
) -> None:
    telegram.status, telegram.answer = 400, refused(400, "Bad Request: message text is empty")
    with pytest.raises(PermanentFailure) as failed:
        await channel.send(envelope(address=CHAT))
    assert not failed.value.bad_address


async def test_too_many_messages_are_temporary_and_say_how_long(
    channel: TelegramChannel, telegram: Provider
) -> None:
    telegram.status, telegram.answer = 429, refused(429, "Too Many Requests: retry after 34", retry_after=34)
    with pytest.raises(TemporaryFailure, match="retry after 34") as failed:
        await channel.send(envelope(address=CHAT))
    assert not isinstance(failed.value, ProviderUnavailable)


@pytest.mark.parametrize("status", (401, 404))
async def test_a_wrong_token_gives_up_no_message(
    channel: TelegramChannel, telegram: Provider, status: int
) -> None:
    telegram.status, telegram.answer = status, refused(status, "Unauthorized")
    with pytest.raises(ProviderUnavailable) as failed:
        await channel.send(envelope(address=CHAT))
    assert "TOKEN" not in failed.value.answer


async def test_a_broken_provider_is_temporary(channel: TelegramChannel, telegram: Provider) -> None:
    telegram.status, telegram.answer = 502, "<html>Bad gateway</html>"
    with pytest.raises(TemporaryFailure, match="HTTP 502"):
        await channel.send(envelope(address=CHAT))


async def test_a_slow_provider_is_temporary(channel: TelegramChannel, telegram: Provider) -> None:
    telegram.seconds = 2.0
    with pytest.raises(TemporaryFailure, match="ReadTimeout"):
        await channel.send(envelope(address=CHAT))


async def test_a_provider_that_vanishes_is_temporary() -> None:
    async with vanishing() as url:
        channel = channel_to(url)
        with pytest.raises(TemporaryFailure):
            await channel.send(envelope(address=CHAT))
        await channel.close()


async def test_a_success_in_an_unknown_form_is_still_sent(
    channel: TelegramChannel, telegram: Provider
) -> None:
    telegram.answer = "not json"
    assert (await channel.send(envelope(address=CHAT))).reference == ""


@pytest.mark.parametrize("address", ("", "-100123", "@channel", "12a"))
async def test_groups_and_names_are_never_written_to(
    channel: TelegramChannel, telegram: Provider, address: str
) -> None:
    with pytest.raises(PermanentFailure):
        await channel.send(envelope(address=address))
    assert telegram.calls == []


@pytest.mark.parametrize("address", (CHAT, f"{uuid.UUID(int=3)}@gladi.invalid"))
async def test_a_rehearsal_never_reaches_the_provider(
    channel: TelegramChannel, telegram: Provider, address: str
) -> None:
    with pytest.raises(PermanentFailure):
        await channel.send(envelope(rehearsal=True, address=address))
    assert telegram.calls == []
