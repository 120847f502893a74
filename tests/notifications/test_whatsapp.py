"""The WhatsApp channel against a server that answers as Meta's does."""

import dataclasses
import uuid
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from notifications.channel import PermanentFailure, ProviderUnavailable, TemporaryFailure
from notifications.http_provider import HttpProvider
from notifications.whatsapp import WhatsAppAccount, WhatsAppChannel
from tests.fixtures.web import Provider, vanishing
from tests.notifications.envelopes import PUBLIC_URL, envelope
from translations import Locale

TAKEN = {
    "messaging_product": "whatsapp",
    "contacts": [{"input": "628123456789", "wa_id": "628123456789"}],
    "messages": [{"id": "wamid.HBgM", "message_status": "accepted"}],
}
TEMPLATES = {Locale.INDONESIAN: "kinerja_id", Locale.ENGLISH: "kinerja_en"}
NUMBER = "628123456789"


def error(code: int, message: str = "It failed", details: str = "") -> dict[str, Any]:
    return {
        "error": {"message": message, "code": code, "error_data": {"details": details}, "fbtrace_id": "A"}
    }


def channel_to(url: str) -> WhatsAppChannel:
    account = WhatsAppAccount("1065", "access-token", TEMPLATES, f"{url}/v23.0")
    return WhatsAppChannel(account, PUBLIC_URL, provider=HttpProvider("whatsapp", timeout=httpx.Timeout(0.5)))


@pytest.fixture
async def meta() -> AsyncIterator[Provider]:
    provider = Provider(answer=TAKEN)
    async with provider.listening():
        yield provider


@pytest.fixture
async def channel(meta: Provider) -> AsyncIterator[WhatsAppChannel]:
    found = channel_to(meta.url)
    yield found
    await found.close()


async def test_a_message_is_sent_as_the_approved_template(channel: WhatsAppChannel, meta: Provider) -> None:
    receipt = await channel.send(envelope(address=NUMBER))
    assert (receipt.answer, receipt.provider, receipt.reference) == ("HTTP 200", "whatsapp", "wamid.HBgM")
    (call,) = meta.calls
    assert call.path == "/v23.0/1065/messages"
    assert call.headers["authorization"] == "Bearer access-token"
    content = call.content
    assert (content["messaging_product"], content["to"], content["type"]) == ("whatsapp", NUMBER, "template")
    assert content["biz_opaque_callback_data"] == uuid.UUID(int=1).hex
    template = content["template"]
    assert (template["name"], template["language"]) == ("kinerja_id", {"code": "id"})
    body, button = template["components"]
    assert body == {
        "type": "body",
        "parameters": [{"type": "text", "text": "Pengingat: menilai kinerja"}],
    }
    assert (button["type"], button["sub_type"], button["index"]) == ("button", "url", "0")
    assert button["parameters"] == [{"type": "text", "text": f"appraisals/{uuid.UUID(int=2)}"}]


async def test_an_english_reader_gets_the_english_template(channel: WhatsAppChannel, meta: Provider) -> None:
    message = dataclasses.replace(envelope().message, locale=Locale.ENGLISH)
    await channel.send(envelope(address=NUMBER, message=message))
    assert meta.calls[0].content["template"]["name"] == "kinerja_en"
    assert meta.calls[0].content["template"]["language"] == {"code": "en"}


async def test_a_parameter_has_no_line_breaks_and_a_legal_length(
    channel: WhatsAppChannel, meta: Provider
) -> None:
    message = dataclasses.replace(envelope().message, subject="a\n\tb      c" + "x" * 2000)
    await channel.send(envelope(address=NUMBER, message=message))
    text = meta.calls[0].content["template"]["components"][0]["parameters"][0]["text"]
    assert text.startswith("a b c")
    assert len(text) == 1024


async def test_a_number_may_be_written_with_its_plus(channel: WhatsAppChannel, meta: Provider) -> None:
    await channel.send(envelope(address=f"+{NUMBER}"))
    assert meta.calls[0].content["to"] == NUMBER


@pytest.mark.parametrize("code", (131026, 131030, 131021))
async def test_a_number_that_nothing_will_reach_is_permanent_and_at_fault(
    channel: WhatsAppChannel, meta: Provider, code: int
) -> None:
    meta.status, meta.answer = 400, error(code, "Message undeliverable", "not on WhatsApp")
    with pytest.raises(PermanentFailure) as failed:
        await channel.send(envelope(address=NUMBER))
    assert failed.value.bad_address
    assert failed.value.reason == "bad_address"
    assert failed.value.answer == f"HTTP 400 error {code}: Message undeliverable – not on WhatsApp"


@pytest.mark.parametrize(
    ("status", "code"), ((429, 130429), (400, 80007), (400, 131048), (400, 131056), (500, 131000), (503, 2))
)
async def test_what_passes_is_temporary_with_the_providers_code(
    channel: WhatsAppChannel, meta: Provider, status: int, code: int
) -> None:
    meta.status, meta.answer = status, error(code)
    with pytest.raises(TemporaryFailure, match=f"error {code}") as failed:
        await channel.send(envelope(address=NUMBER))
    assert not isinstance(failed.value, ProviderUnavailable)


@pytest.mark.parametrize(
    ("status", "code"), ((401, 190), (403, 10), (400, 131045), (400, 131031), (404, 132001), (400, 131042))
)
async def test_a_fault_of_our_account_or_template_gives_up_no_message(
    channel: WhatsAppChannel, meta: Provider, status: int, code: int
) -> None:
    meta.status, meta.answer = status, error(code)
    with pytest.raises(ProviderUnavailable, match=f"error {code}"):
        await channel.send(envelope(address=NUMBER))


@pytest.mark.parametrize("code", (100, 131047, 131049, 130472))
async def test_a_message_that_is_not_wanted_is_permanent_and_no_fault_of_the_number(
    channel: WhatsAppChannel, meta: Provider, code: int
) -> None:
    meta.status, meta.answer = 400, error(code)
    with pytest.raises(PermanentFailure) as failed:
        await channel.send(envelope(address=NUMBER))
    assert not failed.value.bad_address


@pytest.mark.parametrize(
    ("status", "kind"), ((502, TemporaryFailure), (429, TemporaryFailure), (401, ProviderUnavailable))
)
async def test_an_error_page_counts_by_its_status(
    channel: WhatsAppChannel, meta: Provider, status: int, kind: type[Exception]
) -> None:
    meta.status, meta.answer = status, "<html>Bad gateway</html>"
    with pytest.raises(kind, match=f"HTTP {status} <html>"):
        await channel.send(envelope(address=NUMBER))


async def test_a_success_without_a_reference_is_still_sent(channel: WhatsAppChannel, meta: Provider) -> None:
    meta.answer = "{}"
    assert (await channel.send(envelope(address=NUMBER))).reference == ""


async def test_a_slow_provider_is_temporary(channel: WhatsAppChannel, meta: Provider) -> None:
    meta.seconds = 2.0
    with pytest.raises(TemporaryFailure, match="ReadTimeout"):
        await channel.send(envelope(address=NUMBER))


async def test_a_provider_that_vanishes_while_it_answers_is_temporary() -> None:
    async with vanishing() as url:
        channel = channel_to(url)
        with pytest.raises(TemporaryFailure):
            await channel.send(envelope(address=NUMBER))
        await channel.close()


async def test_a_provider_that_is_away_is_unavailable() -> None:
    channel = channel_to(Provider().url)
    with pytest.raises(ProviderUnavailable):
        await channel.send(envelope(address=NUMBER))
    await channel.close()


@pytest.mark.parametrize("address", ("", "budi@contoh.go.id", "08123456789", "62 812 345", "6281/../x"))
async def test_an_address_that_is_no_number_reaches_no_provider(
    channel: WhatsAppChannel, meta: Provider, address: str
) -> None:
    with pytest.raises(PermanentFailure):
        await channel.send(envelope(address=address))
    assert meta.calls == []


@pytest.mark.parametrize("address", (NUMBER, f"{uuid.UUID(int=3)}@gladi.invalid"))
async def test_a_rehearsal_never_reaches_the_provider(
    channel: WhatsAppChannel, meta: Provider, address: str
) -> None:
    with pytest.raises(PermanentFailure):
        await channel.send(envelope(rehearsal=True, address=address))
    assert meta.calls == []


async def test_a_rehearsal_to_a_real_number_says_why_it_was_refused(channel: WhatsAppChannel) -> None:
    with pytest.raises(PermanentFailure) as failed:
        await channel.send(envelope(rehearsal=True, address=NUMBER))
    assert failed.value.reason == "rehearsal"


def test_the_access_token_is_not_printed_with_the_account() -> None:
    assert "access-token" not in repr(WhatsAppAccount("1065", "access-token", TEMPLATES))
