"""The engine is told of what is attended to: once, later if it was away, and again if it let a moment pass."""

import asyncio
import datetime as dt
import uuid

import pytest
import pytest_asyncio
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle
from temporalio.service import RPCError, RPCStatusCode

from activities.patrolling import Patrol
from service.temporal.attending import AttendingStart, attending, attending_workflow_id
from service.temporal.registry import appraisal_worker
from service.temporal.worker import sandboxed
from store.attending.kinds import AttendedKind
from store.attending.repository import begin, set_due
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.improvements import rows, run

pytestmark = [pytest.mark.database, pytest.mark.engine]

DAY = dt.timedelta(days=1)
QUICK = dt.timedelta(milliseconds=50)


@pytest_asyncio.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    return await build_agency(database)


@pytest.fixture
def queue() -> str:
    return f"attending-{uuid.uuid4().hex[:8]}"


async def attended(database: AsyncEngine, agency: SmallAgency, due_in: dt.timedelta = DAY) -> uuid.UUID:
    noun = uuid.uuid4()
    async with database.begin() as connection:
        await begin(
            connection, noun, AttendedKind.IMPROVEMENT, agency.cycle, dt.datetime.now(dt.UTC) + due_in
        )
    return noun


def of(client: Client, noun: uuid.UUID) -> WorkflowHandle[object, object]:
    return client.get_workflow_handle(attending_workflow_id(noun))


async def runs(client: Client, noun: uuid.UUID) -> bool:
    try:
        return (await of(client, noun).describe()).status is WorkflowExecutionStatus.RUNNING
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise
        return False


async def told_long_ago(database: AsyncEngine) -> None:
    await run(database, "UPDATE attended SET told_at = told_at - interval '5 minutes'")


async def test_each_thing_is_told_once(
    database: AsyncEngine, client: Client, agency: SmallAgency, queue: str
) -> None:
    nouns = [await attended(database, agency) for _ in range(3)]
    start = AttendingStart(database, client, queue=queue)
    assert [await start.tell_waiting() for _ in range(2)] == [3, 0]
    assert [await runs(client, noun) for noun in nouns] == [True] * 3
    assert (await of(client, nouns[0]).describe()).id.endswith(str(nouns[0]))


async def test_to_be_told_twice_is_one_workflow(
    database: AsyncEngine, client: Client, agency: SmallAgency, queue: str
) -> None:
    noun = await attended(database, agency)
    start = AttendingStart(database, client, queue=queue)
    await start.tell_waiting()
    first = await of(client, noun).describe()
    await run(database, "UPDATE attended SET told_at = NULL")
    assert await start.tell_waiting() == 1
    assert (await of(client, noun).describe()).run_id == first.run_id


async def test_several_who_tell_at_once_share_the_work(
    database: AsyncEngine, client: Client, agency: SmallAgency, queue: str
) -> None:
    for _ in range(10):
        await attended(database, agency)
    start = AttendingStart(database, client, queue=queue)
    assert sum(await asyncio.gather(*(start.tell_waiting() for _ in range(4)))) == 10


async def test_an_engine_that_was_away_is_told_later(
    database: AsyncEngine, client: Client, agency: SmallAgency, queue: str
) -> None:
    noun = await attended(database, agency)
    nowhere = await Client.connect("127.0.0.1:1", lazy=True)
    assert await AttendingStart(database, nowhere, queue=queue).tell_waiting() == 0
    assert not await runs(client, noun)
    async with attending(database, client, queue=queue, pause=QUICK), asyncio.timeout(30):
        while not await runs(client, noun):  # noqa: ASYNC110  # the engine tells nobody
            await asyncio.sleep(0.05)


async def test_what_has_ended_or_is_due_later_is_not_told_again(
    database: AsyncEngine, client: Client, agency: SmallAgency, queue: str
) -> None:
    ended = await attended(database, agency, -DAY)
    await attended(database, agency, DAY)
    start = AttendingStart(database, client, queue=queue)
    assert await start.tell_waiting() == 2
    async with database.begin() as connection:
        await set_due(connection, ended, None)
    await told_long_ago(database)
    assert await start.tell_waiting() == 0


async def test_a_workflow_that_let_the_moment_pass_is_replaced_whatever_it_is(
    database: AsyncEngine, client: Client, agency: SmallAgency, queue: str
) -> None:
    noun = await attended(database, agency, -DAY)
    forged = await client.start_workflow("Launch", {}, id=attending_workflow_id(noun), task_queue=queue)
    start = AttendingStart(database, client, queue=queue)
    assert await start.tell_waiting() == 1
    assert await start.tell_waiting() == 0
    await told_long_ago(database)
    assert await start.tell_waiting() == 1
    described = await of(client, noun).describe()
    assert (described.workflow_type, described.run_id != forged.first_execution_run_id) == ("Attending", True)
    async with appraisal_worker(client, database, queue=queue, runner=sandboxed()):
        assert await of(client, noun).result() == "ended"


async def test_the_patrol_leaves_it_alone(
    database: AsyncEngine, client: Client, agency: SmallAgency, queue: str
) -> None:
    noun = await attended(database, agency)
    await AttendingStart(database, client, queue=queue).tell_waiting()
    query = f"TaskQueue = '{queue}' AND ExecutionStatus = 'Running'"
    async with asyncio.timeout(30):
        while not (await client.count_workflows(query)).count:  # noqa: ASYNC110  # visibility is late by design
            await asyncio.sleep(0.1)
    assert await Patrol(database, client, queue=queue).end_strays() == 0
    assert await runs(client, noun)


async def test_what_the_engine_is_told_holds_nothing_but_the_id(
    database: AsyncEngine, client: Client, agency: SmallAgency, queue: str
) -> None:
    noun = await attended(database, agency)
    await AttendingStart(database, client, queue=queue).tell_waiting()
    history = (await of(client, noun).fetch_history()).to_json()
    people = await rows(database, "SELECT id, nip, name FROM person")
    assert not any(str(each.id) in history or each.nip in history or each.name in history for each in people)
