"""The workflow that attends to one thing: it waits, looks again when told, and outlives failures and workers."""

import asyncio
import datetime as dt
import sys
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio import activity, workflow
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle
from temporalio.exceptions import ApplicationError
from temporalio.worker import Replayer, Worker, WorkflowRunner

from service.runtime.scratch import ScratchTemporal
from service.temporal.attending import AttendingStart, attending_workflow_id
from service.temporal.registry import appraisal_worker
from service.temporal.worker import create_worker, sandboxed
from states.codec import Json
from tests.fixtures.improvements import begun, finalised, improving_division, on, rows, run
from tests.fixtures.waiting import until
from workflows.attending import AttendingWorkflow

pytestmark = [pytest.mark.database, pytest.mark.engine]

ROOT = Path(__file__).parents[2]
ENDED: Json = {"state": "ended"}
_SHORT_HISTORY = 15


def waits(**later: float) -> Json:
    """An answer that names a moment so much later."""
    return {"state": "waits", "due": (dt.datetime.now(dt.UTC) + dt.timedelta(**later)).isoformat()}


class Record:
    """An activity that gives prepared answers, and repeats the last one."""

    def __init__(self, answers: Iterable[Json | Exception]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []
        self.at: list[dt.datetime] = []

    @activity.defn(name="attend")
    async def attend(self, request: Json) -> Json:
        self.asked.append(request["attended"])
        self.at.append(dt.datetime.now(dt.UTC))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def queue() -> str:
    return f"attending-{uuid.uuid4().hex[:8]}"


def worker_for(client: Client, queue: str, record: Record, runner: WorkflowRunner | None) -> Worker:
    return create_worker(
        client, queue=queue, workflows=[AttendingWorkflow], activities=[record.attend], runner=runner
    )


async def start(client: Client, queue: str, *given: Any, name: str | None = None) -> WorkflowHandle[Any, Any]:
    return await client.start_workflow(
        "Attending", args=given, id=name or attending_workflow_id(uuid.uuid4()), task_queue=queue
    )


async def test_it_waits_for_the_moment_and_looks_again_until_there_is_nothing_to_do(
    client: Client, queue: str
) -> None:
    first = waits(seconds=1.5)
    record = Record([first, ENDED])
    async with worker_for(client, queue, record, sandboxed()):
        handle = await start(client, queue)
        assert await handle.result() == "ended"
    noun = handle.id.removeprefix("attended-")
    assert record.asked == [noun, noun]
    assert record.at[1] >= dt.datetime.fromisoformat(first["due"]) - dt.timedelta(milliseconds=100)
    history = await client.get_workflow_handle(handle.id).fetch_history()
    await Replayer(workflows=[AttendingWorkflow], workflow_runner=sandboxed()).replay_workflow(history)


async def test_it_looks_at_once_when_it_is_told_to(client: Client, queue: str) -> None:
    record = Record([waits(days=100), ENDED])
    async with worker_for(client, queue, record, sandboxed()):
        handle = await start(client, queue)
        await until(lambda: len(record.asked) == 1)
        await handle.signal("look_again")
        assert await handle.result() == "ended"
    assert len(record.asked) == 2


async def test_a_moment_that_has_come_already_by_the_database_is_no_endless_loop(
    client: Client, queue: str
) -> None:
    record = Record([waits(days=-1), waits(days=-1), ENDED])
    async with worker_for(client, queue, record, sandboxed()):
        await (await start(client, queue)).result()
    assert record.at[1] - record.at[0] >= dt.timedelta(seconds=0.9)


async def test_a_look_that_fails_is_repeated_and_costs_no_history(client: Client, queue: str) -> None:
    broken = ApplicationError("KeyError", type="attended_damaged")
    record = Record([broken, broken, ENDED])
    async with worker_for(client, queue, record, sandboxed()):
        handle = await start(client, queue)
        assert await handle.result() == "ended"
    events = (await handle.fetch_history()).events
    assert sum(each.HasField("activity_task_scheduled_event_attributes") for each in events) == 1
    assert not any(each.HasField("workflow_task_failed_event_attributes") for each in events)


async def test_one_thing_whose_record_is_damaged_holds_up_no_other(client: Client, queue: str) -> None:
    damaged = {attending_workflow_id(uuid.uuid4()) for _ in range(30)}

    class Damaged(Record):
        @activity.defn(name="attend")
        async def attend(self, request: Json) -> Json:
            if attending_workflow_id(uuid.UUID(request["attended"])) in damaged:
                raise ApplicationError("KeyError", type="attended_damaged")
            return ENDED

    async with worker_for(client, queue, Damaged([]), sandboxed()):
        stuck = [await start(client, queue, name=name) for name in damaged]
        sound = [await start(client, queue) for _ in range(30)]
        assert {await handle.result() for handle in sound} == {"ended"}
        assert (await stuck[0].describe()).status is WorkflowExecutionStatus.RUNNING
        for handle in stuck:
            await handle.terminate()


async def test_a_long_history_goes_on_in_a_new_run(
    client: Client, queue: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        workflow.Info,
        "is_continue_as_new_suggested",
        lambda info: info.get_current_history_length() > _SHORT_HISTORY,
    )
    record = Record([*(waits(days=9) for _ in range(4)), ENDED])
    async with worker_for(client, queue, record, None):
        handle = await start(client, queue)
        for looks in range(1, 5):
            await until(lambda looks=looks: len(record.asked) >= looks)  # type: ignore[misc]
            await client.get_workflow_handle(handle.id).signal("look_again")
        assert await client.get_workflow_handle(handle.id).result() == "ended"
    described = await client.get_workflow_handle(handle.id).describe()
    assert described.run_id != handle.first_execution_run_id
    assert len(set(record.asked)) == 1


@pytest.mark.parametrize(
    "given",
    ((), ({},), ("text",), (17, "more"), ({"attended": str(uuid.uuid4())},)),
    ids=("nothing", "empty", "text", "too much", "another id"),
)
async def test_whatever_is_handed_in_its_own_id_alone_says_to_what_it_attends(
    client: Client, queue: str, given: tuple[Any, ...]
) -> None:
    record = Record([ENDED])
    async with worker_for(client, queue, record, sandboxed()):
        handle = await start(client, queue, *given)
        assert await handle.result() == "ended"
    assert record.asked == [handle.id.removeprefix("attended-")]


@pytest.mark.parametrize(
    "name", ("attended-0198c1a2-0000-7000-8000-000000000001", "attended-' OR 1=1", "something")
)
async def test_what_is_not_on_record_ends_at_once(
    client: Client, queue: str, database: AsyncEngine, name: str
) -> None:
    async with appraisal_worker(client, database, queue=queue, runner=sandboxed()):
        handle = await start(client, queue, name=f"{name}-{queue}" if name == "something" else name)
        assert await handle.result() == "ended"


async def test_another_worker_goes_on_where_one_was_killed_in_between(
    client: Client, temporal: ScratchTemporal, queue: str, database: AsyncEngine, database_url: str
) -> None:
    division = await improving_division(database)
    await finalised(database, division, "poor")
    (track,) = await begun(database)
    await on(database, division, track.starts_on)
    assert await AttendingStart(database, client, queue=queue).tell_waiting() == 1
    command = (sys.executable, "-m", "tests.workflows.attending_worker_process")
    first = await asyncio.create_subprocess_exec(
        *command, temporal.address, queue, database_url, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert first.stdout is not None
    async with asyncio.timeout(60):
        while b"written" not in await first.stdout.readline():
            pass
    first.kill()
    await first.wait()
    assert await rows(database, "SELECT * FROM notice") == []
    # The engine would wait two minutes for the dead worker; who sees the moment pass starts anew.
    await run(database, "UPDATE attended SET told_at = told_at - interval '2 minutes'")
    assert await AttendingStart(database, client, queue=queue).tell_waiting() == 1
    async with appraisal_worker(client, database, queue=queue, runner=sandboxed()):
        async with asyncio.timeout(60):
            while not await rows(database, "SELECT * FROM notice"):  # noqa: ASYNC110  # the engine tells nobody
                await asyncio.sleep(0.1)
        await client.get_workflow_handle(attending_workflow_id(track.id)).terminate()
    began = await rows(database, "SELECT recipient_id FROM notice WHERE channel = 'inbox'")
    assert len(began) == len(set(began)) == 3
