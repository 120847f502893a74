"""The engine is told right after the commit; whoever recorded something never waits for it and never fails by it."""

import asyncio
import datetime as dt
import uuid
from dataclasses import replace

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client
from temporalio.service import RPCError

from activities import telling
from activities.commanding import Commands
from activities.starting import appraisal_workflow_id
from activities.telling import Teller
from service.runtime.ports import any_free_port
from service.temporal.client import connect
from states.commands import Command
from states.stages import Capacity
from states.triggers import Trigger
from store.appraisal.decision_rows import GRACE
from tests.activities.telling import Shop, open_shop

pytestmark = [pytest.mark.database, pytest.mark.engine]


@pytest_asyncio.fixture
async def shop(client: Client, database: AsyncEngine) -> Shop:
    return await open_shop(client, database)


def submission(shop: Shop, key: str = "submit") -> Command:
    return Command(
        id=key,
        trigger=Trigger.SUBMIT_PLAN,
        capacity=Capacity.EMPLOYEE,
        actor=str(shop.agency.employee),
        document="d" * 64,
    )


def returning(shop: Shop, key: str) -> Command:
    return Command(
        id=key,
        trigger=Trigger.RETURN_PLAN,
        capacity=Capacity.RATER,
        actor=str(shop.agency.rater),
        document="d" * 64,
    )


async def absent_engine() -> Client:
    """A client whose engine is not there."""
    return await connect(f"127.0.0.1:{any_free_port()}", lazy=True)


async def test_what_was_recorded_is_told_and_confirmed(shop: Shop) -> None:
    teller = Teller(shop.database, shop.client, queue=shop.queue)
    await Commands(shop.database, teller).carry_out_checked(shop.case(), submission(shop))
    await teller.settle()
    assert await shop.behind() == 1  # The other employee's case, of which nobody has told anything.
    async with shop.worker():
        await shop.stands("plan_review", 3)


async def test_many_commands_on_one_case_end_where_the_record_is(shop: Shop) -> None:
    teller = Teller(shop.database, shop.client, queue=shop.queue)
    commands = Commands(shop.database, teller)
    async with shop.worker():
        for number in range(10):
            await commands.carry_out_checked(shop.case(), submission(shop, f"s{number}"))
            await commands.carry_out_checked(shop.case(), returning(shop, f"r{number}"))
        await teller.settle()
        await shop.stands("plan_drafting", 22)


async def test_an_engine_that_is_away_costs_whoever_acts_nothing(shop: Shop) -> None:
    teller = Teller(shop.database, await absent_engine(), queue=shop.queue)
    commands = Commands(shop.database, teller)
    loop = asyncio.get_running_loop()
    began = loop.time()
    await commands.carry_out_checked(shop.case(), submission(shop))
    assert loop.time() - began < 1
    await teller.settle()
    assert await shop.behind() == 2


async def test_after_the_engine_did_not_answer_nothing_is_told_for_a_while(shop: Shop) -> None:
    teller = Teller(shop.database, await absent_engine(), queue=shop.queue)
    case = await shop.submit()
    teller.note(case)
    await teller.settle()
    teller.note(case)
    assert not teller._waiting


async def test_no_more_is_kept_than_can_be_told_soon(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "MOST_WAITING", 3)
    monkeypatch.setattr(telling, "AT_ONCE", 0)
    teller = Teller(shop.database, shop.client, queue=shop.queue)
    case = await shop.submit()
    for _ in range(5):
        teller.note(replace(case, appraisal=uuid.uuid4()))
    assert len(teller._waiting) == 3


async def test_what_has_waited_too_long_is_left_to_the_sweeper(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "_LATEST_SECONDS", -1.0)
    teller = Teller(shop.database, shop.client, queue=shop.queue)
    teller.note(await shop.submit())
    await teller.settle()
    with pytest.raises(RPCError, match="not found"):
        await shop.client.get_workflow_handle(appraisal_workflow_id(shop.case())).describe()


async def test_two_steps_that_wait_are_told_in_one_word(shop: Shop) -> None:
    teller = Teller(shop.database, shop.client, queue=shop.queue)
    commands = Commands(shop.database, teller)
    await commands.carry_out_checked(shop.case(), submission(shop))
    await commands.carry_out_checked(shop.case(), returning(shop, "r"))
    await teller.settle()
    history = await shop.client.get_workflow_handle(appraisal_workflow_id(shop.case())).fetch_history()
    told = [
        event for event in history.events if event.HasField("workflow_execution_signaled_event_attributes")
    ]
    assert len(told) <= 2
    async with shop.worker():
        await shop.stands("plan_drafting", 4)


async def test_a_database_that_is_away_for_the_confirmation_harms_nothing(shop: Shop) -> None:
    case = await shop.submit()
    teller = Teller(shop.database, shop.client, queue=shop.queue)
    teller.note(case)
    await asyncio.sleep(0)
    await shop.database.dispose()
    await teller.settle()
    async with shop.worker():
        await shop.stands("plan_review", 3)


def test_what_is_told_late_is_told_by_one_of_both() -> None:
    assert telling._LATEST_SECONDS < GRACE.total_seconds() <= dt.timedelta(seconds=1).total_seconds()
