"""The webhook channel against a gateway, and its signature against the specification's own example."""

import base64
import hashlib
import hmac
import time
import uuid
from collections.abc import AsyncIterator

import httpx
import pytest

from notifications.channel import PermanentFailure, ProviderUnavailable, TemporaryFailure
from notifications.http_provider import HttpProvider
from notifications.standard_webhooks import key_of, sign
from notifications.webhook import WebhookChannel
from tests.fixtures.web import Provider, vanishing
from tests.notifications.envelopes import envelope

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
ADDRESS = "budi"


def channel_to(url: str) -> WebhookChannel:
    return WebhookChannel(f"{url}/hook", SECRET, provider=HttpProvider("webhook", timeout=httpx.Timeout(0.5)))


@pytest.fixture
async def gateway() -> AsyncIterator[Provider]:
    provider = Provider(status=204, answer="")
    async with provider.listening():
        yield provider


@pytest.fixture
async def channel(gateway: Provider) -> AsyncIterator[WebhookChannel]:
    found = channel_to(gateway.url)
    yield found
    await found.close()


def test_the_signature_is_that_of_the_reference_libraries() -> None:
    signature = sign(key_of(SECRET), "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize("secret", ("", "whsec_", "whsec_****", "whsec_" + "QUJD" * 40, "whsec_QUJD"))
def test_a_secret_that_is_none_is_refused_with_what_to_do(secret: str) -> None:
    with pytest.raises(ValueError, match="make one with: echo whsec_"):
        key_of(secret)


async def test_a_message_is_posted_with_a_signature_over_what_was_sent(
    channel: WebhookChannel, gateway: Provider
) -> None:
    receipt = await channel.send(envelope(address=ADDRESS))
    assert (receipt.answer, receipt.provider) == ("HTTP 204", "webhook")
    assert receipt.reference == str(uuid.UUID(int=1))
    (call,) = gateway.calls
    identifier, timestamp = call.headers["webhook-id"], call.headers["webhook-timestamp"]
    assert identifier == str(uuid.UUID(int=1))
    assert abs(int(timestamp) - time.time()) < 30
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    expected = hmac.digest(key, f"{identifier}.{timestamp}.".encode() + call.body, hashlib.sha256)
    assert call.headers["webhook-signature"] == f"v1,{base64.b64encode(expected).decode()}"


async def test_the_content_says_whom_to_tell_what(channel: WebhookChannel, gateway: Provider) -> None:
    await channel.send(envelope(address=ADDRESS))
    content = gateway.calls[0].content
    assert content["type"] == "kinerja.message"
    assert content["data"] == {
        "id": str(uuid.UUID(int=1)),
        "address": ADDRESS,
        "locale": "id",
        "subject": "Pengingat: menilai kinerja",
        "text": "Teks – pengingat\n",
        "link": envelope().message.link,
        "rehearsal": False,
    }


async def test_every_attempt_has_the_same_id(channel: WebhookChannel, gateway: Provider) -> None:
    gateway.status = 500
    with pytest.raises(TemporaryFailure):
        await channel.send(envelope(address=ADDRESS))
    gateway.status = 200
    await channel.send(envelope(address=ADDRESS))
    assert len({call.headers["webhook-id"] for call in gateway.calls}) == 1


@pytest.mark.parametrize("status", (429, 500, 503))
async def test_too_much_and_broken_are_temporary(
    channel: WebhookChannel, gateway: Provider, status: int
) -> None:
    gateway.status = status
    with pytest.raises(TemporaryFailure, match=f"HTTP {status}") as failed:
        await channel.send(envelope(address=ADDRESS))
    assert not isinstance(failed.value, ProviderUnavailable)


@pytest.mark.parametrize(("status", "at_fault"), ((410, True), (400, False), (404, False), (302, False)))
async def test_a_refusal_is_permanent_and_gone_means_the_address(
    channel: WebhookChannel, gateway: Provider, status: int, at_fault: bool
) -> None:
    gateway.status = status
    with pytest.raises(PermanentFailure) as failed:
        await channel.send(envelope(address=ADDRESS))
    assert failed.value.bad_address is at_fault


async def test_a_slow_gateway_is_temporary(channel: WebhookChannel, gateway: Provider) -> None:
    gateway.seconds = 2.0
    with pytest.raises(TemporaryFailure, match="ReadTimeout"):
        await channel.send(envelope(address=ADDRESS))


async def test_a_gateway_that_vanishes_is_temporary() -> None:
    async with vanishing() as url:
        channel = channel_to(url)
        with pytest.raises(TemporaryFailure):
            await channel.send(envelope(address=ADDRESS))
        await channel.close()


async def test_without_an_address_nothing_is_posted(channel: WebhookChannel, gateway: Provider) -> None:
    with pytest.raises(PermanentFailure):
        await channel.send(envelope(address=""))
    assert gateway.calls == []


async def test_a_rehearsal_to_a_real_address_never_reaches_the_gateway(
    channel: WebhookChannel, gateway: Provider
) -> None:
    with pytest.raises(PermanentFailure) as failed:
        await channel.send(envelope(rehearsal=True, address=ADDRESS))
    assert failed.value.reason == "rehearsal"
    assert gateway.calls == []


async def test_a_rehearsal_says_that_it_is_one(channel: WebhookChannel, gateway: Provider) -> None:
    await channel.send(envelope(rehearsal=True, address=f"{uuid.UUID(int=3)}@gladi.invalid"))
    assert gateway.calls[0].content["data"]["rehearsal"] is True
