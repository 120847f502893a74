"""What people do never waits for mail, whatever the mail server's temper."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator

import pytest

from notifications.email import EmailChannel, MailServer
from notifications.relay import Links, Relay
from store.message.channels import ChannelName
from tests.fixtures.cases import make_due
from tests.fixtures.mail import Greylisting, Postbox, Refusing, Slow
from tests.service.api.conftest import PLAN, Service

pytestmark = [pytest.mark.engine, pytest.mark.database]

TEMPERS: dict[str, Postbox] = {
    "greylisting": Greylisting(),
    "slow": Slow(seconds=20),
    "refusing": Refusing(),
    "vanished": Postbox(),
}
MOMENT = 5.0
"""Seconds that an action may take on a busy machine; the slow server takes four times as long for one mail."""


@contextlib.asynccontextmanager
async def relaying(service: Service, postbox: Postbox) -> AsyncIterator[None]:
    """A relay that sends everything at once, whatever the hour."""
    channel = EmailChannel(MailServer("127.0.0.1", postbox.port, timeout=30), sender="kinerja@contoh.go.id")
    relay = Relay(service.database, {ChannelName.EMAIL: channel}, Links("https://kinerja.contoh.go.id"))

    async def forever() -> None:
        while True:
            await relay.relay_due()
            await make_due(service.database)
            await asyncio.sleep(0.05)

    running = asyncio.create_task(forever())
    try:
        yield
    finally:
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
        await channel.close()


@pytest.mark.parametrize("temper", TEMPERS)
async def test_no_mail_server_holds_up_what_people_do(service: Service, temper: str) -> None:
    postbox = TEMPERS[temper]
    appraisal, employee = await service.new_appraisal()
    async with contextlib.AsyncExitStack() as stack:
        if temper != "vanished":
            await stack.enter_async_context(postbox.listening())
        await stack.enter_async_context(relaying(service, postbox))
        for who, trigger in (
            (employee, "submit_plan"),
            (service.agency.rater, "return_plan"),
            (employee, "submit_plan"),
        ):
            began = time.monotonic()
            answer = await service.act(who, appraisal, trigger, PLAN)
            assert (answer.status_code, time.monotonic() - began < MOMENT) == (200, True)
    lost = await service.value(
        """
        SELECT count(*) FROM notice AS shown WHERE channel = 'inbox' AND appraisal_id = :id AND NOT EXISTS (
            SELECT FROM notice WHERE channel = 'email' AND appraisal_id = :id AND rule = shown.rule
                AND occurrence = shown.occurrence AND recipient_id = shown.recipient_id)
        """,
        id=appraisal,
    )
    assert lost == 0
