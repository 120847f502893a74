"""Calls of providers on the real application and a real PostgreSQL."""

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from service.accounts.hooks import Hooks
from service.api.webhooks.whatsapp import MOST_BYTES
from store.message.channels import ChannelName
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.sent import Sent, sent_message
from tests.service.api.hooked import APP_SECRET, HOOKS, TELEGRAM_SECRET, VERIFY_TOKEN, Hooked, hooked
from tests.service.receipts import call, failed, status

WHATSAPP, TELEGRAM = "/api/v1/webhooks/whatsapp", "/api/v1/webhooks/telegram"
NUMBER = "628123456789"


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database)


@pytest.fixture
async def app(database: AsyncEngine) -> AsyncIterator[Hooked]:
    async with hooked(database) as found:
        yield found


@pytest.fixture
async def sent(database: AsyncEngine, agency: SmallAgency) -> Sent:
    return await sent_message(
        database, agency, channel=ChannelName.WHATSAPP, reference="wamid.1", address=NUMBER
    )


async def from_meta(app: Hooked, content: Any, *, secret: str = APP_SECRET) -> httpx.Response:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    signature = hmac.digest(secret.encode(), body, hashlib.sha256).hex()
    headers = {"X-Hub-Signature-256": f"sha256={signature}", "Content-Type": "application/json"}
    return await app.http.post(WHATSAPP, content=body, headers=headers)


async def handshake(app: Hooked, **changes: str) -> httpx.Response:
    usual = {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": "1158201444"}
    return await app.http.get(
        WHATSAPP, params={**usual, **{f"hub.{name}": value for name, value in changes.items()}}
    )


async def test_meta_gets_its_challenge_back_for_the_agreed_token(app: Hooked) -> None:
    answer = await handshake(app)
    assert (answer.status_code, answer.text) == (200, "1158201444")
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "changes", ({"verify_token": "wrong"}, {"verify_token": ""}, {"mode": "x"}, {"challenge": "<script>"})
)
async def test_nobody_else_subscribes(app: Hooked, changes: dict[str, str]) -> None:
    answer = await handshake(app, **changes)
    assert (answer.status_code, answer.json()["code"]) == (403, "webhook_refused")


async def test_a_receipt_is_recorded(app: Hooked, sent: Sent) -> None:
    assert (await from_meta(app, call(status("delivered")))).status_code == 200
    assert await sent.state() == "delivered"
    assert await sent.notice_states() == ["delivered", "delivered"]


async def test_a_repeated_receipt_is_harmless(app: Hooked, sent: Sent) -> None:
    for _ in range(2):
        assert (await from_meta(app, call(status("read")))).status_code == 200
    assert len(await sent.attempts()) == 2


async def test_a_failure_marks_the_number(app: Hooked, sent: Sent) -> None:
    await from_meta(app, call(failed(131026)))
    assert await sent.state() == "permanent_failure"
    (row,) = await sent.rows("SELECT channel, address FROM contact WHERE bad_since IS NOT NULL")
    assert (row.channel, row.address) == ("whatsapp", NUMBER)


async def test_receipts_of_others_are_passed_over(app: Hooked, sent: Sent) -> None:
    answer = await from_meta(app, call(status("delivered", "wamid.of-another-system")))
    assert answer.status_code == 200
    assert await sent.state() == "sent"


async def test_a_receipt_that_is_too_early_is_asked_for_again(
    app: Hooked, database: AsyncEngine, agency: SmallAgency
) -> None:
    sent = await sent_message(database, agency, state="sending", channel=ChannelName.WHATSAPP)
    early = call(status("delivered", biz_opaque_callback_data=sent.id.hex))
    answer = await from_meta(app, early)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    await sent.run("UPDATE message SET state = 'sent' WHERE id = :id")
    assert (await from_meta(app, early)).status_code == 200
    assert await sent.state() == "delivered"


async def test_a_call_with_another_signature_changes_nothing(app: Hooked, sent: Sent) -> None:
    answer = await from_meta(app, call(status("delivered")), secret="a stranger's")
    assert (answer.status_code, answer.json()["code"]) == (403, "webhook_refused")
    assert await sent.state() == "sent"


async def test_a_call_without_a_signature_changes_nothing(app: Hooked, sent: Sent) -> None:
    assert (await app.http.post(WHATSAPP, json=call(status("delivered")))).status_code == 403
    assert await sent.state() == "sent"


@pytest.mark.parametrize("body", (b"", b"{", b"\xff\xfe", b"[" * 100_000))
async def test_what_is_no_json_is_said_to_be_none(app: Hooked, body: bytes) -> None:
    answer = await from_meta(app, body)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_json")


@pytest.mark.parametrize("content", ([], "text", None, {"entry": "x"}))
async def test_json_of_another_form_is_passed_over(app: Hooked, content: Any) -> None:
    assert (await from_meta(app, content)).status_code == 200


async def test_a_call_with_a_thousand_receipts_is_taken(app: Hooked, sent: Sent) -> None:
    content = call(
        *(status("sent", f"wamid.{'x' * 300}{number}") for number in range(1000)), status("delivered")
    )
    assert len(json.dumps(content)) > 256 * 1024
    assert (await from_meta(app, content)).status_code == 200
    assert await sent.state() == "delivered"


async def test_a_call_larger_than_meta_makes_is_refused(app: Hooked) -> None:
    answer = await from_meta(app, b" " * (MOST_BYTES + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


async def test_other_addresses_take_no_larger_bodies_than_before(app: Hooked) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": TELEGRAM_SECRET}
    answer = await app.http.post(TELEGRAM, content=b" " * (256 * 1024 + 1), headers=headers)
    assert answer.status_code == 413


async def from_telegram(app: Hooked, words: str, secret: str = TELEGRAM_SECRET) -> httpx.Response:
    message = {"chat": {"id": 123, "type": "private"}, "from": {"language_code": "en"}, "text": words}
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
    return await app.http.post(TELEGRAM, json={"update_id": 1, "message": message}, headers=headers)


async def test_a_chat_is_linked_and_told_so_in_the_answer(
    app: Hooked, database: AsyncEngine, agency: SmallAgency, sent: Sent
) -> None:
    assert HOOKS.link_codes is not None
    code = HOOKS.link_codes.make(agency.employee, dt.datetime.now(dt.UTC))
    answer = await from_telegram(app, f"/start {code}")
    assert answer.status_code == 200
    assert answer.json() == {
        "method": "sendMessage",
        "chat_id": 123,
        "text": "This chat is linked now. Messages of Kinerja come here too; /stop ends that.",
    }
    (row,) = await sent.rows("SELECT * FROM contact")
    assert (row.person_id, row.channel, row.address) == (agency.employee, "telegram", "123")


@pytest.mark.parametrize("secret", ("", "wrong"))
async def test_whoever_is_not_telegram_is_refused(app: Hooked, secret: str) -> None:
    answer = await from_telegram(app, "/stop", secret)
    assert (answer.status_code, answer.json()["code"]) == (403, "webhook_refused")


async def test_an_update_that_asks_for_nothing_gets_an_empty_answer(app: Hooked) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": TELEGRAM_SECRET}
    answer = await app.http.post(TELEGRAM, json={"update_id": 1}, headers=headers)
    assert (answer.status_code, answer.content) == (200, b"")


async def test_an_update_that_is_no_json_is_said_to_be_none(app: Hooked) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": TELEGRAM_SECRET}
    assert (await app.http.post(TELEGRAM, content=b"{", headers=headers)).status_code == 400


async def test_what_is_not_configured_does_not_exist(database: AsyncEngine) -> None:
    async with hooked(database, Hooks()) as app:
        answers = [
            await handshake(app),
            await from_meta(app, call()),
            await from_telegram(app, "/stop"),
        ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


async def test_the_log_has_nothing_of_what_was_said(app: Hooked, sent: Sent) -> None:
    await from_meta(app, call(failed(131026, recipient_id=NUMBER)))
    await from_telegram(app, "/start my-secret-code")
    await handshake(app)
    text = app.log.getvalue()
    assert text.count('"event": "request"') == 3
    assert '"route": "/api/v1/webhooks/whatsapp"' in text
    for secret in (NUMBER, "my-secret-code", VERIFY_TOKEN, "wamid.1", "Details"):
        assert secret not in text
