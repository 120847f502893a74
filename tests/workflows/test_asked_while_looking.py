"""An operator asks a workflow while it looks at the record: what comes meanwhile is taken in one order for ever.

A query that arrives with the task in which a look is made ends that task as soon as the look is over, before the
workflow has heard its answer. Word that came meanwhile then reaches the workflow together with the answer; whoever
reads the history anew gets the answer first. Either way the same has to be done.
"""

import asyncio
import datetime as dt
import time
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from temporalio import activity, workflow
from temporalio.api.enums.v1 import EventType
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle, WorkflowHistory
from temporalio.exceptions import ApplicationError
from temporalio.worker import Replayer, UnsandboxedWorkflowRunner

from service.temporal.worker import create_worker, sandboxed
from states.codec import Json
from states.following import WORKFLOW_PREFIX, Position, step_text
from states.stages import Stage
from workflows.appraisal import AppraisalWorkflow

pytestmark = pytest.mark.engine

SOON = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(hours=1)


def at(sequence: int, stage: Stage = Stage.PLAN_DRAFTING, hours: int = 0) -> Position:
    """A position whose wake is ``hours`` later than the first."""
    wake = None if stage is Stage.CANCELLED else SOON + dt.timedelta(hours=hours)
    return Position(sequence, stage, None, wake)


ANSWERS_AFTER = 0.5
STOP = "to stop"


@workflow.defn(name="FollowedAppraisal")
class SlowToAnswer(AppraisalWorkflow):
    """The same workflow on a busy worker: what is asked of it takes a while."""

    @workflow.init
    def __init__(self, *start: Any) -> None:
        super().__init__(*start)

    @workflow.run
    async def run(self, *start: Any) -> str:
        return await super().run(*start)

    @workflow.query(name="position")
    def position(self) -> Json:
        time.sleep(ANSWERS_AFTER)
        return super().position()


class HeldLooks:
    """Looks that are answered when the test says so, each with the next answer."""

    def __init__(self, *answers: Position | None) -> None:
        self._answers = list(answers)
        self.begun = 0
        self.release = asyncio.Event()

    @activity.defn(name="look")
    async def look(self, request: Json) -> str:  # what is asked does not matter here
        """The next answer; a failure where there is none."""
        self.begun += 1
        await self.release.wait()
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if answer is None:
            raise ApplicationError("away")
        return answer.to_text()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110  # what is waited for happens in another thread
            await asyncio.sleep(0.01)


async def asked_while_looking(
    client: Client, looks: HeldLooks, *told: str, again: tuple[str, ...] = (), asks: bool = True
) -> WorkflowHistory:
    """A run that was asked and told while it looked, and ``again`` in the next task; its history at rest."""
    queue = f"appraisal-{uuid.uuid4().hex[:8]}"
    worker = partial(
        create_worker,
        client,
        queue=queue,
        workflows=[SlowToAnswer],
        activities=[looks.look],
        runner=UnsandboxedWorkflowRunner(),
    )
    handle = await client.start_workflow(
        AppraisalWorkflow.run, at(1).to_text(), id=f"{WORKFLOW_PREFIX}{uuid.uuid4()}", task_queue=queue
    )
    async with worker():
        await _at_rest(handle)
    # Told and asked while no worker runs, so that the query comes with the task that begins the look.
    await handle.signal("followed", "nonsense")
    asked = asyncio.create_task(_asked(handle, asks))
    await asyncio.sleep(0.3)
    async with worker():
        await until(lambda: looks.begun == 1)
        await _tell(handle, told)
        if again:
            # The second query comes with the task that the first one's answer begins.
            also = asyncio.create_task(_asked(handle, asks))
            await asked
            await asyncio.sleep(ANSWERS_AFTER / 2)
            await _tell(handle, again)
            asked = also
        looks.release.set()
        await asked
        await _at_rest(handle)
        history = await handle.fetch_history()
        if (await handle.describe()).status is WorkflowExecutionStatus.RUNNING:
            await handle.terminate()
    return history


async def _asked(handle: WorkflowHandle[AppraisalWorkflow, str], asks: bool) -> None:
    if asks:
        await handle.query("position", result_type=dict)


async def _tell(handle: WorkflowHandle[AppraisalWorkflow, str], steps: tuple[str, ...]) -> None:
    for step in steps:
        await (handle.cancel() if step == STOP else handle.signal("followed", step))


async def _at_rest(handle: WorkflowHandle[AppraisalWorkflow, str]) -> None:
    """Returns once nothing has come to the history for a while."""
    length, since = 0, asyncio.get_running_loop().time()
    async with asyncio.timeout(10):
        while asyncio.get_running_loop().time() - since < 0.5:
            now = len((await handle.fetch_history()).events)
            if now != length:
                length, since = now, asyncio.get_running_loop().time()
            await asyncio.sleep(0.05)


THE_SAME, THE_NEXT = step_text(5, at(6)), step_text(6, at(7, Stage.PLAN_REVIEW, 1))
TOLD = {
    "the same": (THE_SAME,),
    "the next": (THE_NEXT,),
    "the next without another wake": (step_text(6, at(7, Stage.PLAN_REVIEW)),),
    "an older one": (step_text(4, at(5)),),
    "the same and the next": (THE_SAME, THE_NEXT),
    "two steps": (THE_NEXT, step_text(7, at(8, hours=2))),
    "a gap": (step_text(8, at(9, hours=1)),),
    "an end": (step_text(6, at(7, Stage.CANCELLED)),),
    "nonsense": ("nonsense",),
    "to stop": (STOP,),
    "to stop and the next": (STOP, THE_NEXT),
    "much": (THE_SAME, "nonsense", THE_NEXT, step_text(4, at(5)), step_text(8, at(9, hours=1))),
}
ANSWERED = {
    "where it stands": at(6),
    "that it failed": None,
    "that the case is closed": at(6, Stage.CANCELLED),
}


@pytest.mark.parametrize("answer", ANSWERED.values(), ids=ANSWERED)
@pytest.mark.parametrize("told", TOLD.values(), ids=TOLD)
async def test_what_is_told_while_an_operator_asks_replays(
    client: Client, told: tuple[str, ...], answer: Position | None
) -> None:
    looks = HeldLooks(answer, at(9, hours=3))
    history = await asked_while_looking(client, looks, *told)
    assert _answer_came_after_what_was_told(history)
    await Replayer(workflows=[AppraisalWorkflow], workflow_runner=sandboxed()).replay_workflow(history)


def _answer_came_after_what_was_told(history: WorkflowHistory) -> bool:
    """Whether the task that recorded the first answer was over before the workflow heard either."""
    kinds = [event.event_type for event in history.events]
    marker = kinds.index(EventType.EVENT_TYPE_MARKER_RECORDED)
    return kinds[marker + 1] in {
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
        EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED,
    }


async def test_a_next_step_that_is_told_meanwhile_is_taken_without_another_look(client: Client) -> None:
    looks = HeldLooks(at(6), at(9, hours=3))
    await asked_while_looking(client, looks, THE_SAME, THE_NEXT)
    assert looks.begun == 1


async def test_a_gap_that_is_told_meanwhile_makes_the_workflow_look_again(client: Client) -> None:
    looks = HeldLooks(at(6), at(9, hours=3))
    await asked_while_looking(client, looks, step_text(8, at(9, hours=1)))
    assert looks.begun == 2


FEW = ("the next", "a gap", "an end", "much")


@pytest.mark.parametrize("answer", ANSWERED.values(), ids=ANSWERED)
@pytest.mark.parametrize("told", FEW)
async def test_what_is_told_during_a_look_while_nobody_asks_replays(
    client: Client, told: str, answer: Position | None
) -> None:
    looks = HeldLooks(answer, at(9, hours=3))
    history = await asked_while_looking(client, looks, *TOLD[told], asks=False)
    await Replayer(workflows=[AppraisalWorkflow], workflow_runner=sandboxed()).replay_workflow(history)


@pytest.mark.parametrize("answer", ANSWERED.values(), ids=ANSWERED)
@pytest.mark.parametrize("again", FEW)
async def test_what_is_told_in_two_tasks_of_one_look_replays(
    client: Client, again: str, answer: Position | None
) -> None:
    looks = HeldLooks(answer, at(9, hours=3))
    history = await asked_while_looking(client, looks, THE_NEXT, again=TOLD[again])
    await Replayer(workflows=[AppraisalWorkflow], workflow_runner=sandboxed()).replay_workflow(history)
