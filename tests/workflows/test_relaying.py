"""The relay on the real engine, through the death of workers, mail server and database."""

import asyncio
import datetime as dt
import sys
import time
import uuid
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHistory
from temporalio.exceptions import ApplicationError
from temporalio.worker import Replayer, Worker

from activities.relaying import Relaying
from notifications.email import EmailChannel, MailServer
from notifications.relay import AT_ONCE, Links
from service.runtime.scratch import ScratchTemporal
from service.temporal.worker import create_worker, sandboxed
from store.message.channels import ChannelName
from tests.fixtures.agency import build_agency
from tests.fixtures.cases import make_due, many_messages, new_case, notices
from tests.fixtures.mail import Postbox
from tests.fixtures.waiting import until
from workflows.relaying import RelayWorkflow

ROOT = Path(__file__).parents[2]


@pytest.fixture
def queue() -> str:
    return f"notify-{uuid.uuid4().hex[:8]}"


class Rounds:
    """An activity that counts, quickly, and fails the first ``failures`` times."""

    def __init__(self, failures: int = 0) -> None:
        self.count = 0
        self.failures = failures

    @activity.defn(name="relay_for_a_while")
    async def relay_for_a_while(self) -> int:
        await asyncio.sleep(0.02)
        if self.failures:
            self.failures -= 1
            raise ApplicationError("the database is away")
        self.count += 1
        return 0


def worker_for(client: Client, queue: str, do: Relaying | Rounds) -> Worker:
    return create_worker(
        client,
        queue=queue,
        workflows=[RelayWorkflow],
        activities=[do.relay_for_a_while],
        runner=sandboxed(),
    )


async def test_round_follows_round_and_a_new_run_follows_the_last(client: Client, queue: str) -> None:
    rounds = Rounds()
    async with worker_for(client, queue, rounds):
        handle = await client.start_workflow(RelayWorkflow.run, 3, id=f"relay-{queue}", task_queue=queue)
        await until(lambda: rounds.count >= 7)
        now = await client.get_workflow_handle(handle.id).describe()
        assert now.run_id != handle.first_execution_run_id
        assert now.status is WorkflowExecutionStatus.RUNNING
        first: WorkflowHistory = await client.get_workflow_handle(
            handle.id, run_id=handle.first_execution_run_id
        ).fetch_history()
        await client.get_workflow_handle(handle.id).terminate()
    assert len(first.events) <= 5 + 3 * 7
    await Replayer(workflows=[RelayWorkflow], workflow_runner=sandboxed()).replay_workflow(first)


async def test_a_failing_round_is_repeated_without_end_and_without_history(
    client: Client, queue: str
) -> None:
    rounds = Rounds(failures=2)
    async with worker_for(client, queue, rounds):
        handle = await client.start_workflow(RelayWorkflow.run, 100, id=f"relay-{queue}", task_queue=queue)
        await until(lambda: rounds.count >= 1)
        await handle.terminate()


async def test_the_mail_goes_on_when_a_worker_stops_and_the_mail_server_comes_late(
    client: Client, queue: str, database: AsyncEngine
) -> None:
    await new_case(database, await build_agency(database))
    await many_messages(database, 200)
    postbox = Postbox()
    channel = EmailChannel(MailServer("127.0.0.1", postbox.port), sender="kinerja@contoh.go.id")
    relaying = Relaying(
        database,
        {ChannelName.EMAIL: channel},
        Links("https://x.example"),
        round_length=dt.timedelta(seconds=2),
    )
    handle = await client.start_workflow(RelayWorkflow.run, 100, id=f"relay-{queue}", task_queue=queue)
    async with postbox.listening():
        async with worker_for(client, queue, relaying):
            await until(lambda: len(postbox.received) > 20)
        async with worker_for(client, queue, relaying):
            await until(lambda: len(postbox.received) >= 200)
            await handle.terminate()
    assert len(set(postbox.ids)) == len(postbox.ids) == 200
    assert {row.state for row in await notices(database)} == {"sent"}


async def test_another_worker_takes_over_within_seconds_of_a_kill(
    client: Client, temporal: ScratchTemporal, queue: str, database: AsyncEngine, database_url: str
) -> None:
    await new_case(database, await build_agency(database))
    await many_messages(database, 300)
    postbox = Postbox()
    command = (sys.executable, "-m", "tests.workflows.relay_worker_process")
    arguments = (temporal.address, queue, database_url, str(postbox.port))
    handle = await client.start_workflow(RelayWorkflow.run, 100, id=f"relay-{queue}", task_queue=queue)
    async with postbox.listening():
        first = await asyncio.create_subprocess_exec(*command, *arguments, cwd=ROOT)
        await until(lambda: len(postbox.received) > 50)
        first.kill()
        await first.wait()
        second = await asyncio.create_subprocess_exec(*command, *arguments, cwd=ROOT)
        await make_due(database)
        began = time.monotonic()
        await until(lambda: len(set(postbox.ids)) == 300, seconds=60)
        taken_over = time.monotonic() - began
        await handle.terminate()
        second.kill()
        await second.wait()
    print(f"\nall sent {taken_over:.1f} s after the kill, {len(postbox.ids) - 300} doubles")
    assert taken_over < 40
    assert len(postbox.ids) - 300 <= 2 * AT_ONCE
