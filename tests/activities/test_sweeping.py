"""Whatever the engine was not told, the sweeper tells: after a crash, an outage, a lost store, a missed wake."""

import asyncio
import datetime as dt
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities import sweeping
from activities.starting import appraisal_workflow_id, tell
from activities.sweeping import Sweeper
from service.runtime.ports import any_free_port
from service.temporal.client import connect
from store.following.repository import CaseToFollow, claim
from tests.activities.telling import Shop, open_shop

pytestmark = [pytest.mark.database, pytest.mark.engine]


@pytest_asyncio.fixture
async def shop(client: Client, database: AsyncEngine) -> Shop:
    return await open_shop(client, database)


def sweeper(shop: Shop) -> Sweeper:
    return Sweeper(shop.database, shop.client, queue=shop.queue)


async def test_new_cases_are_started(shop: Shop) -> None:
    assert await sweeper(shop).sweep() == (2, False)
    assert await shop.behind() == 0
    async with shop.worker():
        await shop.stands("plan_drafting", 2)
        await shop.stands("plan_drafting", 2, 1)


async def test_a_sweep_with_nothing_to_do_says_so(shop: Shop) -> None:
    await sweeper(shop).sweep()
    assert await sweeper(shop).sweep() == (0, False)


async def test_what_nobody_told_within_a_second_is_told(shop: Shop) -> None:
    await sweeper(shop).sweep()
    await shop.submit()
    assert await sweeper(shop).sweep() == (0, False)
    await asyncio.sleep(1.1)
    assert await sweeper(shop).sweep() == (1, False)
    async with shop.worker():
        await shop.stands("plan_review", 3)


async def test_two_sweepers_tell_each_case_once(shop: Shop) -> None:
    done = await asyncio.gather(sweeper(shop).sweep(), sweeper(shop).sweep())
    assert sum(cases for cases, _ in done) == 2


async def test_while_the_engine_is_away_no_case_is_blamed_for_it(shop: Shop) -> None:
    absent = await connect(f"127.0.0.1:{any_free_port()}", lazy=True)
    assert await Sweeper(shop.database, absent, queue=shop.queue).sweep() == (2, True)
    await shop.run("UPDATE following SET next_attempt_at = now()")
    assert await sweeper(shop).sweep() == (2, False)


async def test_a_case_that_the_engine_refuses_waits_longer_each_time_and_says_why(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = tell

    async def refuse_one(client: Client, case: CaseToFollow, **named: Any) -> None:
        if case.appraisal == shop.case():
            raise RPCError("refused", RPCStatusCode.INVALID_ARGUMENT, b"")
        await whole(client, case, **named)

    monkeypatch.setattr(sweeping, "tell", refuse_one)
    assert await sweeper(shop).sweep() == (2, False)
    assert await shop.behind() == 1
    async with shop.database.connect() as connection:
        row = (await connection.exec_driver_sql("SELECT * FROM following WHERE trouble <> ''")).one()
    assert (row.appraisal_id, row.trouble) == (shop.case(), "telling:INVALID_ARGUMENT")
    assert row.next_attempt_at - row.trouble_at >= dt.timedelta(seconds=3)


async def test_an_engine_that_takes_not_one_of_many_is_at_fault_itself(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(client: Client, case: CaseToFollow, **named: Any) -> None:
        raise RPCError("no such search attribute", RPCStatusCode.INVALID_ARGUMENT, b"")

    monkeypatch.setattr(sweeping, "tell", refuse)
    assert await sweeper(shop).sweep() == (2, True)
    async with shop.database.connect() as connection:
        assert (await connection.exec_driver_sql("SELECT 1 FROM following WHERE trouble <> ''")).all() == []


async def test_a_workflow_that_was_lost_begins_anew_where_the_record_is(shop: Shop) -> None:
    await sweeper(shop).sweep()
    async with shop.worker():
        await shop.stands("plan_drafting", 2)
        await shop.stands("plan_drafting", 2, 1)
        await shop.client.get_workflow_handle(appraisal_workflow_id(shop.case())).terminate()
        await shop.run(
            "UPDATE following SET wake_at = now() - interval '2 minutes', "
            "next_attempt_at = now() - interval '1 hour'"
        )
        assert await sweeper(shop).mark_overdue() == 2
        await sweeper(shop).sweep()
        await shop.stands("plan_drafting", 2)


async def test_a_workflow_of_another_kind_is_ended_and_replaced(shop: Shop) -> None:
    name = appraisal_workflow_id(shop.case())
    former = await shop.client.start_workflow("Appraisal", id=name, task_queue=shop.queue)
    await shop.run("UPDATE following SET replaces = true")
    await sweeper(shop).sweep()
    assert (await former.describe()).status is not None
    async with shop.worker():
        await shop.stands("plan_drafting", 2)
    assert (await shop.described()).workflow_type == "FollowedAppraisal"


async def test_what_was_replaced_is_not_replaced_again(shop: Shop) -> None:
    await shop.run("UPDATE following SET replaces = true")
    await sweeper(shop).sweep()
    run = (await shop.described()).run_id
    await shop.run("UPDATE following SET followed = NULL, next_attempt_at = now()")
    await sweeper(shop).sweep()
    assert (await shop.described()).run_id == run


async def test_sweeping_goes_on_until_its_block_ends(shop: Shop) -> None:
    quick = dt.timedelta(milliseconds=20)
    async with sweeping.sweeping(shop.database, shop.client, queue=shop.queue, pause=quick):
        async with asyncio.timeout(10):
            while await shop.behind():  # noqa: ASYNC110  # the record is looked at
                await asyncio.sleep(0.02)
    await shop.run("UPDATE following SET followed = NULL, next_attempt_at = now()")
    await asyncio.sleep(0.2)
    assert await shop.behind() == 2


async def test_a_fault_in_one_sweep_does_not_end_the_sweeping(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, faults = claim, [ValueError("broken"), OSError("away")]

    async def break_twice(*arguments: Any) -> list[CaseToFollow]:
        if faults:
            raise faults.pop()
        return await whole(*arguments)

    monkeypatch.setattr(sweeping, "claim", break_twice)
    quick = dt.timedelta(milliseconds=20)
    async with (
        sweeping.sweeping(shop.database, shop.client, queue=shop.queue, pause=quick),
        asyncio.timeout(10),
    ):
        while await shop.behind():  # noqa: ASYNC110  # the record is looked at
            await asyncio.sleep(0.02)
