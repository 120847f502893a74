"""The engine is brought in line with the record, whatever it has lost."""

import datetime as dt

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowExecutionStatus

from activities.recording import Recording
from service.reconciling import Finding, Reconciling
from states.codec import dump_command
from states.commands import Command
from states.stages import Capacity
from states.triggers import Trigger
from store.appraisal.reconciling import OpenAppraisal, count_open, open_appraisals
from tests.fixtures.agency import SmallAgency, build_agency
from tests.workflows.running import RunningAppraisal, Stagehand, stage

pytestmark = [pytest.mark.database, pytest.mark.engine]

JANUARY = dt.datetime(2026, 1, 3, 3, tzinfo=dt.UTC)


@pytest_asyncio.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database, employees=2)


async def _drafting(hand: Stagehand) -> RunningAppraisal:
    running = await hand.launch(at=JANUARY - dt.timedelta(days=2))
    await running.wait_until(JANUARY)
    running.seen = 2
    async with hand.database.begin() as connection:
        await connection.execute(text("UPDATE appraisal SET started_at = now()"))
    return running


async def _pages(database: AsyncEngine) -> list[OpenAppraisal]:
    return [appraisal async for page in open_appraisals(database, None) for appraisal in page]


def submission(agency: SmallAgency) -> Command:
    return Command(
        id="submit",
        trigger=Trigger.SUBMIT_PLAN,
        capacity=Capacity.EMPLOYEE,
        actor=str(agency.employee),
        document="c" * 64,
    )


async def test_an_engine_in_line_is_left_alone(
    client: Client, database: AsyncEngine, agency: SmallAgency
) -> None:
    async with stage(client, database, agency) as hand:
        running = await _drafting(hand)
        before = len((await running.handle.fetch_history()).events)
        reconciling = Reconciling(database, client, queue=hand.queue)
        assert await reconciling.page(await _pages(database)) == [Finding.IN_LINE]
        assert len((await running.handle.fetch_history()).events) == before


async def test_a_workflow_that_the_engine_lost_is_started_from_where_the_record_stands(
    client: Client, database: AsyncEngine, agency: SmallAgency
) -> None:
    async with stage(client, database, agency) as hand:
        running = await _drafting(hand)
        await running.act(submission(agency))
        await running.handle.terminate("lost")
        reconciling = Reconciling(database, client, queue=hand.queue)
        assert await reconciling.page(await _pages(database)) == [Finding.STARTED]
        again = client.get_workflow_handle(running.handle.id)
        assert (await again.describe()).status is WorkflowExecutionStatus.RUNNING
        position = await again.query("position", result_type=dict)
        assert (position["stage"], position["sequence"]) == ("plan_review", 3)
        assert position["wake"] is not None


async def test_a_workflow_that_missed_an_event_is_caught_up(
    client: Client, database: AsyncEngine, agency: SmallAgency
) -> None:
    async with stage(client, database, agency) as hand:
        running = await _drafting(hand)
        [standing] = await _pages(database)
        await Recording(database).record(
            {
                "appraisal": standing.snapshot,
                "command": dump_command(submission(agency)),
                "now": JANUARY.isoformat(),
                "behind": False,
            }
        )
        reconciling = Reconciling(database, client, queue=hand.queue)
        assert await reconciling.page(await _pages(database)) == [Finding.CAUGHT_UP]
        assert await reconciling.page(await _pages(database)) == [Finding.IN_LINE]
        assert (await running.handle.query("position", result_type=dict))["sequence"] == 3


async def test_closed_appraisals_are_not_looked_at(
    client: Client, database: AsyncEngine, agency: SmallAgency
) -> None:
    async with stage(client, database, agency) as hand:
        running = await _drafting(hand)
        await running.act(
            Command(
                id="cancel",
                trigger=Trigger.CANCEL,
                capacity=Capacity.HR,
                actor=str(agency.officer),
                document="c" * 64,
            )
        )
        await running.handle.result()
    assert await _pages(database) == []
    assert await count_open(database, None) == 0


async def test_the_comparison_can_be_kept_to_one_cycle(
    client: Client, database: AsyncEngine, agency: SmallAgency
) -> None:
    async with stage(client, database, agency) as hand:
        await _drafting(hand)
    assert await count_open(database, "2026") == 1
    assert await count_open(database, str(agency.cycle)) == 1
    assert await count_open(database, "2031") == 0


async def test_an_engine_ahead_of_an_old_copy_of_the_record_is_reported_and_left_alone(
    client: Client, database: AsyncEngine, agency: SmallAgency
) -> None:
    async with stage(client, database, agency) as hand:
        running = await _drafting(hand)
        async with database.begin() as connection:
            await connection.execute(text("UPDATE appraisal SET sequence = 1"))
        reconciling = Reconciling(database, client, queue=hand.queue)
        assert await reconciling.page(await _pages(database)) == [Finding.AHEAD]
        assert (await running.handle.query("position", result_type=dict))["sequence"] == 2
