"""Failed messages are tried again on a real PostgreSQL."""

import datetime as dt

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from store.message.channels import ChannelName
from store.message.due import Copy, MessageState, Sending
from store.message.repository import Outbox
from store.message.retrying import retry_failed
from tests.fixtures.agency import build_agency
from tests.fixtures.cases import RecordedCase, make_due, messages, new_case, notices, plan_all

LEASE = dt.timedelta(minutes=1)


@pytest.fixture
async def case(database: AsyncEngine) -> RecordedCase:
    return await new_case(database, await build_agency(database))


async def fail(database: AsyncEngine, *, bad_address: bool = False) -> None:
    await plan_all(database)
    outbox = Outbox(database)
    for message in (await outbox.claim(most=10, lease=LEASE)).messages:
        copy = Copy("task_opened", 1, "", "", message.address)
        now = dt.datetime.now(dt.UTC)
        await outbox.settle(
            [
                Sending(
                    message, MessageState.PERMANENT_FAILURE, "554 no", now, bad_address=bad_address, copy=copy
                )
            ]
        )


async def retry(database: AsyncEngine, days_ago: int = 1) -> int:
    since = dt.datetime.now(dt.UTC) - dt.timedelta(days=days_ago)
    async with database.begin() as connection:
        return await retry_failed(connection, ChannelName.EMAIL, since)


async def test_what_failed_is_claimed_again(database: AsyncEngine, case: RecordedCase) -> None:
    await fail(database)
    assert await retry(database) == 1
    (message,) = (await Outbox(database).claim(most=10, lease=LEASE)).messages
    assert (message.attempt, message.total) == (1, 1)


async def test_each_attempt_stays_on_record(database: AsyncEngine, case: RecordedCase) -> None:
    await fail(database)
    await retry(database)
    await fail(database)
    async with database.connect() as connection:
        rows = (
            await connection.execute(text("SELECT number, outcome FROM message_attempt ORDER BY 1"))
        ).all()
    assert [tuple(row) for row in rows] == [(1, "permanent_failure"), (2, "permanent_failure")]


async def test_what_failed_before_the_day_stays(database: AsyncEngine, case: RecordedCase) -> None:
    await fail(database)
    assert await retry(database, days_ago=-1) == 0
    assert [row.state for row in await messages(database)] == ["permanent_failure"]


async def test_an_address_that_is_still_bad_is_not_tried(database: AsyncEngine, case: RecordedCase) -> None:
    await fail(database, bad_address=True)
    assert await retry(database) == 0


async def test_a_corrected_address_is_tried(database: AsyncEngine, case: RecordedCase) -> None:
    await fail(database, bad_address=True)
    async with database.begin() as connection:
        await connection.execute(text("UPDATE person SET email = 'right@contoh.go.id'"))
    assert await retry(database) == 1


async def test_what_another_channel_has_told_is_not_told_twice(
    database: AsyncEngine, case: RecordedCase
) -> None:
    async with database.begin() as connection:
        await connection.execute(
            text("""
                INSERT INTO contact (id, person_id, channel, address, added_at, confirmed_at, bad_answer)
                VALUES (gen_random_uuid(), :person, 'telegram', '4711', now(), now(), '')
            """),
            {"person": case.employee},
        )
    await fail(database)
    await plan_all(database, ChannelName.EMAIL, ChannelName.TELEGRAM)
    await make_due(database)
    chat = Outbox(database, channel=ChannelName.TELEGRAM)
    (message,) = (await chat.claim(most=10, lease=LEASE)).messages
    await chat.settle([Sending(message, MessageState.SENT, "ok", dt.datetime.now(dt.UTC))])
    assert await retry(database) == 0
    assert [row.state for row in await notices(database)] == ["permanent_failure"]
