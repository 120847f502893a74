"""The relaying activity by itself: rounds, heartbeats, the end of a worker."""

import asyncio
import datetime as dt
import time
from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.testing import ActivityEnvironment

from activities.relaying import Relaying
from notifications.channel import NullChannel
from notifications.email import EmailChannel, MailServer
from notifications.relay import Links
from service.runtime.ports import any_free_port
from store.database import create_engine
from store.message.channels import ChannelName
from tests.fixtures.agency import build_agency
from tests.fixtures.cases import RecordedCase, many_messages, new_case, notices
from tests.fixtures.mail import Postbox, Slow
from tests.fixtures.waiting import until

URL = "https://kinerja.contoh.go.id"


@pytest.fixture
async def case(database: AsyncEngine) -> RecordedCase:
    return await new_case(database, await build_agency(database))


@pytest.fixture
async def postbox() -> AsyncIterator[Postbox]:
    box = Postbox()
    async with box.listening():
        yield box


def mail_to(postbox: Postbox) -> EmailChannel:
    return EmailChannel(MailServer("127.0.0.1", postbox.port), sender="kinerja@contoh.go.id")


def relaying(database: AsyncEngine, postbox: Postbox, seconds: float) -> Relaying:
    return Relaying(
        database,
        {ChannelName.EMAIL: mail_to(postbox)},
        Links(URL),
        round_length=dt.timedelta(seconds=seconds),
    )


async def test_a_round_sends_all_that_is_due_and_says_how_many(
    database: AsyncEngine, case: RecordedCase, postbox: Postbox
) -> None:
    await many_messages(database, 250)
    due = await ActivityEnvironment().run(relaying(database, postbox, 10.0).relay_for_a_while)
    assert due == 250
    assert len(set(postbox.ids)) == len(postbox.ids) == 250


async def test_a_notice_that_appears_during_a_round_is_sent_within_two_seconds(
    database: AsyncEngine, case: RecordedCase, postbox: Postbox
) -> None:
    environment = ActivityEnvironment()
    running = asyncio.create_task(environment.run(relaying(database, postbox, 300).relay_for_a_while))
    taken: list[float] = []
    for count in range(1, 5):
        await many_messages(database, count, already=max(1, count - 1))
        began = time.monotonic()
        while len(postbox.received) < count:  # noqa: ASYNC110  # the server tells nobody
            await asyncio.sleep(0.02)
        taken.append(time.monotonic() - began)
    # Other work on the machine may hold up one of them. The relay's own pause would hold up every one.
    assert min(taken) < 2
    environment.worker_shutdown()
    await running


async def test_an_idle_round_lasts_its_time_and_beats(database: AsyncEngine) -> None:
    environment = ActivityEnvironment()
    beats: list[float] = []
    environment.on_heartbeat = lambda *_: beats.append(time.monotonic())
    began = time.monotonic()
    activity = Relaying(
        database, {ChannelName.EMAIL: NullChannel()}, Links(URL), round_length=dt.timedelta(seconds=3.5)
    )
    assert await environment.run(activity.relay_for_a_while) == 0
    assert 3 < time.monotonic() - began < 6
    assert len(beats) >= 2


async def test_a_stopping_worker_ends_an_idle_round_at_once(database: AsyncEngine) -> None:
    environment = ActivityEnvironment()
    activity = Relaying(database, {ChannelName.EMAIL: NullChannel()}, Links(URL))
    running = asyncio.create_task(environment.run(activity.relay_for_a_while))
    await asyncio.sleep(0.3)
    environment.worker_shutdown()
    began = time.monotonic()
    assert await running == 0
    assert time.monotonic() - began < 0.5


async def test_a_cancelled_round_records_what_it_began_and_gives_the_rest_back(
    database: AsyncEngine, case: RecordedCase
) -> None:
    await many_messages(database, 60)
    postbox = Slow(seconds=0.3)
    async with postbox.listening():
        environment = ActivityEnvironment()
        running = asyncio.create_task(environment.run(relaying(database, postbox, 30).relay_for_a_while))
        await until(lambda: bool(postbox.received))
        environment.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    states = [row.state for row in await notices(database)]
    assert states.count("sent") == len(postbox.received) > 0
    assert states.count("created") == 60 - len(postbox.received)


async def test_a_database_that_is_away_fails_the_round_so_that_the_engine_repeats_it() -> None:
    away = create_engine(f"postgresql+asyncpg://kinerja:x@127.0.0.1:{any_free_port()}/kinerja")
    with pytest.raises(ConnectionRefusedError):
        await ActivityEnvironment().run(
            Relaying(away, {ChannelName.EMAIL: NullChannel()}, Links(URL)).relay_for_a_while
        )
    await away.dispose()
