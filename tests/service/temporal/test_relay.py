import asyncio

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from notifications.email import EmailChannel, MailServer
from notifications.relay import Links
from service.temporal.registry import notify_worker
from service.temporal.relay import RELAY_ID, ensure_relay
from service.temporal.worker import sandboxed
from store.message.channels import ChannelName
from tests.fixtures.agency import build_agency
from tests.fixtures.cases import new_case, notices, plan_all
from tests.fixtures.mail import Postbox
from tests.fixtures.waiting import until


async def test_a_notice_becomes_mail_through_the_relay_and_its_worker(
    client: Client, database: AsyncEngine
) -> None:
    await new_case(database, await build_agency(database))
    await plan_all(database)
    postbox = Postbox()
    channel = EmailChannel(MailServer("127.0.0.1", postbox.port), sender="kinerja@contoh.go.id")
    async with postbox.listening():
        await ensure_relay(client)
        worker = notify_worker(
            client,
            database,
            {ChannelName.EMAIL: channel},
            Links("https://kinerja.contoh.go.id"),
            runner=sandboxed(),
        )
        async with worker:
            await until(lambda: len(postbox.received) == 1)
            await client.get_workflow_handle(RELAY_ID).terminate()
    assert [row.state for row in await notices(database)] == ["sent"]


async def test_the_relay_is_started_once_however_often_it_is_asked_for(client: Client) -> None:
    await asyncio.gather(*(ensure_relay(client) for _ in range(5)))
    handle = client.get_workflow_handle(RELAY_ID)
    first = await handle.describe()
    await ensure_relay(client)
    assert (await handle.describe()).run_id == first.run_id
    await handle.terminate()


async def test_a_relay_that_was_ended_is_started_anew(client: Client) -> None:
    await ensure_relay(client)
    handle = client.get_workflow_handle(RELAY_ID)
    first = await handle.describe()
    await handle.terminate()
    await ensure_relay(client)
    assert (await handle.describe()).run_id != first.run_id
    await handle.terminate()
