"""The engine is brought in line with the record, whatever it has lost or knows too much of."""

import asyncio
import datetime as dt
import uuid

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowExecutionStatus

from activities.starting import appraisal_workflow_id
from activities.sweeping import Sweeper
from service.runtime.ports import any_free_port
from service.temporal.client import connect
from service.temporal.reconciling import Reconciled, Reconciling
from states.following import Position, step_text
from states.stages import Stage
from tests.activities.telling import Shop, open_shop

pytestmark = [pytest.mark.database, pytest.mark.engine]


@pytest_asyncio.fixture
async def shop(client: Client, database: AsyncEngine) -> Shop:
    shop = await open_shop(client, database)
    await Sweeper(database, client, queue=shop.queue).sweep()
    return shop


async def reconcile(shop: Shop, cycle: str | None = None) -> list[Reconciled]:
    async with asyncio.timeout(30):
        return [state async for state in Reconciling(shop.database, shop.client, queue=shop.queue).run(cycle)]


async def test_a_workflow_in_line_is_replaced_and_stands_where_it_stood(shop: Shop) -> None:
    async with shop.worker():
        await shop.stands("plan_drafting", 2)
        run = (await shop.described()).run_id
        assert (await reconcile(shop))[-1] == Reconciled(2, 0)
        await shop.stands("plan_drafting", 2)
    assert (await shop.described()).run_id != run


async def test_a_lost_engine_gets_a_workflow_for_every_open_case(shop: Shop) -> None:
    async with shop.worker():
        await shop.submit()
        for number in (0, 1):
            await shop.client.get_workflow_handle(appraisal_workflow_id(shop.case(number))).terminate()
        assert (await reconcile(shop))[-1] == Reconciled(2, 0)
        await shop.stands("plan_review", 3)
        await shop.stands("plan_drafting", 2, 1)


async def test_an_engine_that_missed_something_looks_at_the_record(shop: Shop) -> None:
    async with shop.worker():
        await shop.stands("plan_drafting", 2)
        await shop.submit()
        await reconcile(shop)
        await shop.stands("plan_review", 3)


async def test_an_engine_that_knows_more_than_the_record_takes_the_word_of_the_record(shop: Shop) -> None:
    ahead = Position(9, Stage.PLAN_REVIEW, None, dt.datetime(2099, 1, 1, tzinfo=dt.UTC))
    async with shop.worker():
        await shop.stands("plan_drafting", 2)
        handle = shop.client.get_workflow_handle(appraisal_workflow_id(shop.case()))
        await handle.signal("followed", step_text(2, ahead))
        await shop.stands("plan_review", 9)
        await reconcile(shop)
        await shop.stands("plan_drafting", 2)


async def test_only_the_named_cycle_is_told_anew(shop: Shop) -> None:
    assert (await reconcile(shop, "another"))[-1] == Reconciled(0, 0)
    assert (await reconcile(shop, "2026"))[-1] == Reconciled(2, 0)


async def test_the_workflow_of_a_case_that_was_closed_a_moment_ago_is_ended(shop: Shop) -> None:
    closed = "UPDATE appraisal SET holder = NULL, stage = 'cancelled', updated_at = now()"
    async with shop.database.begin() as connection:
        await connection.execute(text(closed))
    reconciling = Reconciling(shop.database, shop.client, queue=shop.queue)
    async with asyncio.timeout(20):
        while not await reconciling.end_strays():  # noqa: ASYNC110  # asked of a server
            await asyncio.sleep(0.1)
    assert (await shop.described()).status is WorkflowExecutionStatus.TERMINATED


async def test_workflows_that_no_open_case_has_are_ended(shop: Shop) -> None:
    stray = await shop.client.start_workflow("Unheard", id=f"stray-{uuid.uuid4()}", task_queue=shop.queue)
    reconciling = Reconciling(shop.database, shop.client, queue=shop.queue)
    async with asyncio.timeout(20):
        while not await reconciling.end_strays():  # noqa: ASYNC110  # asked of a server
            await asyncio.sleep(0.1)
    assert (await stray.describe()).status is WorkflowExecutionStatus.TERMINATED


async def test_an_engine_that_is_away_leaves_everything_marked(shop: Shop) -> None:
    absent = await connect(f"127.0.0.1:{any_free_port()}", lazy=True)
    states = Reconciling(shop.database, absent, queue=shop.queue).run()
    assert await anext(states) == Reconciled(2, 2)
    assert await shop.behind() == 2
    await states.aclose()
