"""Calls of real web servers of every temper."""

import httpx
import pytest

from notifications.channel import ProviderUnavailable, TemporaryFailure
from notifications.http_provider import MOST_BYTES, HttpAnswer, HttpProvider
from tests.fixtures.web import Provider, vanishing


@pytest.fixture
def impatient() -> HttpProvider:
    return HttpProvider("p", timeout=httpx.Timeout(0.3))


async def test_what_is_posted_arrives_as_json_and_the_answer_comes_back() -> None:
    server = Provider(answer={"ok": True})
    async with server.listening():
        provider = HttpProvider("p")
        answer = await provider.post(f"{server.url}/x", b'{"a": 1}', {"X-Key": "k"})
        await provider.close()
    assert answer.content() == {"ok": True}
    (call,) = server.calls
    assert (call.path, call.content, call.headers["x-key"]) == ("/x", {"a": 1}, "k")
    assert call.headers["content-type"] == "application/json"


async def test_a_server_that_is_away_was_handed_nothing(impatient: HttpProvider) -> None:
    with pytest.raises(ProviderUnavailable, match="ConnectError"):
        await impatient.post(Provider().url, b"{}", {})
    await impatient.close()


async def test_a_slow_server_may_have_taken_it(impatient: HttpProvider) -> None:
    server = Provider(seconds=1.0)
    async with server.listening():
        with pytest.raises(TemporaryFailure, match="ReadTimeout") as failed:
            await impatient.post(server.url, b"{}", {})
        await impatient.close()
    assert not isinstance(failed.value, ProviderUnavailable)
    assert failed.value.provider == "p"


async def test_a_server_that_vanishes_may_have_taken_it(impatient: HttpProvider) -> None:
    async with vanishing() as url:
        with pytest.raises(TemporaryFailure) as failed:
            await impatient.post(url, b"{}", {})
    await impatient.close()
    assert not isinstance(failed.value, ProviderUnavailable)


async def test_what_was_told_never_shows_the_address_with_its_secret(impatient: HttpProvider) -> None:
    with pytest.raises(ProviderUnavailable) as failed:
        await impatient.post(f"{Provider().url}/bot12345:SECRET/x", b"{}", {})
    await impatient.close()
    assert "SECRET" not in failed.value.answer


async def test_a_redirect_is_an_answer_and_not_followed() -> None:
    elsewhere = Provider()
    server = Provider(status=307, headers={"Location": elsewhere.url})
    async with elsewhere.listening(), server.listening():
        provider = HttpProvider("p")
        answer = await provider.post(server.url, b"{}", {"Authorization": "Bearer s"})
        await provider.close()
    assert answer.status == 307
    assert elsewhere.calls == []


async def test_an_endless_answer_is_not_read_to_its_end() -> None:
    server = Provider(answer="x" * (MOST_BYTES * 20))
    async with server.listening():
        provider = HttpProvider("p")
        answer = await provider.post(server.url, b"{}", {})
        await provider.close()
    assert len(answer.body) == MOST_BYTES


async def test_a_closed_provider_can_be_used_again() -> None:
    server = Provider()
    async with server.listening():
        provider = HttpProvider("p")
        for _ in range(2):
            await provider.post(server.url, b"{}", {})
            await provider.close()
    assert len(server.calls) == 2


@pytest.mark.parametrize("body", (b"", b"<html>", b"[1]", b"\xff"))
def test_a_body_that_is_no_object_has_no_content(body: bytes) -> None:
    assert HttpAnswer(502, body).content() == {}


def test_a_body_that_is_no_json_is_told_in_one_short_line() -> None:
    assert HttpAnswer(502, b"<html>\n  Bad   gateway").told() == "HTTP 502 <html> Bad gateway"
    assert len(HttpAnswer(502, b"x" * 5000).told()) == 300
