"""What runs in the engine beside the record is ended; what is wedged there is replaced."""

import asyncio
import datetime as dt
import uuid

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.api.common.v1 import Payload
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle
from temporalio.common import RawValue

from activities.patrolling import Patrol, patrolling
from activities.starting import appraisal_workflow_id
from activities.sweeping import Sweeper
from tests.activities.telling import Shop, open_shop

pytestmark = [pytest.mark.database, pytest.mark.engine]

UNREADABLE = RawValue(Payload(metadata={"encoding": b"binary/unheard-of"}, data=b"\x00"))


@pytest_asyncio.fixture
async def shop(client: Client, database: AsyncEngine) -> Shop:
    shop = await open_shop(client, database)
    await Sweeper(database, client, queue=shop.queue).sweep()
    return shop


def patrol(shop: Shop) -> Patrol:
    return Patrol(shop.database, shop.client, queue=shop.queue)


async def start(shop: Shop, kind: str, name: str, *arguments: object) -> WorkflowHandle[object, object]:
    return await shop.client.start_workflow(kind, args=arguments, id=name, task_queue=shop.queue)


async def listed(shop: Shop, runs: int) -> None:
    """Returns once visibility, which is late by design, knows of so many."""
    async with asyncio.timeout(20):
        while True:
            query = f"TaskQueue = '{shop.queue}' AND ExecutionStatus = 'Running'"
            if (await shop.client.count_workflows(query)).count >= runs:
                return
            await asyncio.sleep(0.1)


async def status(handle: WorkflowHandle[object, object]) -> WorkflowExecutionStatus | None:
    return (await handle.describe()).status


@pytest.mark.parametrize(
    ("kind", "name"),
    (
        ("FollowedAppraisal", f"appraisal-{uuid.uuid4()}"),
        ("FollowedAppraisal", "appraisal-nobody"),
        ("FollowedAppraisal", f"{uuid.uuid4()}"),
        ("Appraisal", f"appraisal-{uuid.uuid4()}"),
        ("Unheard", "something"),
    ),
    ids=("no case", "no id", "no prefix", "a former kind", "an unknown kind"),
)
async def test_what_no_open_case_has_is_ended(shop: Shop, kind: str, name: str) -> None:
    stray = await start(shop, kind, name)
    await listed(shop, 3)
    assert await patrol(shop).end_strays() == 1
    assert await status(stray) is WorkflowExecutionStatus.TERMINATED


async def test_the_workflows_of_open_cases_are_left_alone(shop: Shop) -> None:
    await listed(shop, 2)
    assert await patrol(shop).end_strays() == 0
    assert (await shop.described()).status is WorkflowExecutionStatus.RUNNING


async def test_another_kind_under_the_name_of_an_open_case_is_ended(
    client: Client, database: AsyncEngine
) -> None:
    shop = await open_shop(client, database)
    stray = await start(shop, "Unheard", appraisal_workflow_id(shop.case()))
    await listed(shop, 1)
    assert await patrol(shop).end_strays() == 1
    assert await status(stray) is WorkflowExecutionStatus.TERMINATED


@pytest.mark.parametrize("kind", ("Launch", "Operation"))
async def test_the_other_workflows_of_the_queue_are_left_alone(shop: Shop, kind: str) -> None:
    handle = await start(shop, kind, f"{kind}-{uuid.uuid4()}", {})
    await listed(shop, 3)
    assert await patrol(shop).end_strays() == 0
    assert await status(handle) is WorkflowExecutionStatus.RUNNING
    await handle.terminate()


async def test_only_what_was_begun_lately_is_looked_at_where_that_is_asked(shop: Shop) -> None:
    stray = await start(shop, "Unheard", f"stray-{uuid.uuid4()}")
    await listed(shop, 3)
    assert await patrol(shop).end_strays(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)) == 0
    assert await patrol(shop).end_strays(dt.datetime.now(dt.UTC) - dt.timedelta(minutes=1)) == 1
    assert await status(stray) is WorkflowExecutionStatus.TERMINATED


async def test_a_workflow_whose_task_fails_for_ever_is_replaced_by_one_that_follows(
    client: Client, database: AsyncEngine
) -> None:
    shop = await open_shop(client, database, employees=1)
    wedged = await start(shop, "FollowedAppraisal", appraisal_workflow_id(shop.case()), UNREADABLE)
    await Sweeper(database, client, queue=shop.queue).sweep()
    await shop.run("UPDATE following SET wake_at = now() - interval '5 minutes'")
    async with shop.worker():
        async with asyncio.timeout(60):
            while await patrol(shop).replace_wedged() == 0:  # noqa: ASYNC110  # asked of a server
                await asyncio.sleep(0.5)
        await Sweeper(database, client, queue=shop.queue).sweep()
        await shop.stands("plan_drafting", 2)
    first = client.get_workflow_handle(wedged.id, run_id=wedged.first_execution_run_id)
    assert await status(first) is WorkflowExecutionStatus.TERMINATED


async def test_a_workflow_that_is_merely_late_is_not_replaced(shop: Shop) -> None:
    await shop.run("UPDATE following SET wake_at = now() - interval '5 minutes'")
    assert await patrol(shop).replace_wedged() == 0


async def test_patrolling_ends_strays_until_its_block_ends(shop: Shop) -> None:
    stray = await start(shop, "Unheard", f"stray-{uuid.uuid4()}")
    often = dt.timedelta(milliseconds=200)
    async with patrolling(shop.database, shop.client, queue=shop.queue, every=often, whole_every=often):
        async with asyncio.timeout(20):
            while await status(stray) is WorkflowExecutionStatus.RUNNING:  # noqa: ASYNC110  # asked of a server
                await asyncio.sleep(0.1)
