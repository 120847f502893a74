"""Has the engine launch a cycle, and pause and resume the launch."""

import datetime as dt
import uuid
from typing import Any

from temporalio.client import (
    Client,
    WorkflowExecutionStatus,
    WorkflowHandle,
    WorkflowUpdateFailedError,
    WorkflowUpdateRPCTimeoutOrCancelledError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from activities.queues import Queue
from states.codec import Json
from store.cycle.selection import EVERYBODY, Selection
from workflows.launching import LaunchWorkflow

USUAL_PACE = 50
"""Appraisals a second unless somebody asks for more: 14 000 people take five minutes, and the engine, which takes
several hundred starts a second, has most of its time left for those who act meanwhile."""

_WHO = "who"
"""The memo that says for whom a launch runs, to be read where no worker answers."""
_ANSWERS_WITHIN = dt.timedelta(seconds=10)


def launch_workflow_id(cycle: uuid.UUID) -> str:
    """The one workflow id of a cycle's launch."""
    return f"launch-{cycle}"


class LaunchRunning(Exception):
    """A launch of the cycle runs already, for the people of ``who``."""

    def __init__(self, who: Selection) -> None:
        self.who = who
        super().__init__("a launch for another selection of people runs")


class NoLaunchRuns(Exception):
    """There is no launch of the cycle that could be paused or resumed."""


async def launch_cycle(
    client: Client,
    cycle: uuid.UUID,
    *,
    who: Selection = EVERYBODY,
    pace: int = 0,
    queue: str = Queue.APPRAISAL,
) -> WorkflowHandle[Any, Json]:
    """Starts the launch for the people of ``who``, or gives the one that runs for the same people.

    ``pace`` is how many appraisals are started a second at most, 0 for as many as possible; a launch that
    runs keeps its own. After its end it may be started again for the rest. Raises `LaunchRunning` while one runs
    for others, and `RPCError` when the engine does not answer.
    """
    wanted = who.to_data()
    while True:
        try:
            return await client.start_workflow(
                LaunchWorkflow.run,
                {"cycle": str(cycle), "pace": pace, **({"who": wanted} if wanted else {})},
                id=launch_workflow_id(cycle),
                task_queue=queue,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.FAIL,
                memo={_WHO: wanted},
                static_summary="peluncuran periode penilaian",
                rpc_timeout=_ANSWERS_WITHIN,
            )
        except WorkflowAlreadyStartedError:
            running = client.get_workflow_handle_for(LaunchWorkflow.run, launch_workflow_id(cycle))
            described = await running.describe()
            if described.status is not WorkflowExecutionStatus.RUNNING:
                continue  # It came to its end in between, so that the way is free.
            present: Json = await described.memo_value(_WHO, {}, type_hint=dict)
            if present != wanted:
                raise LaunchRunning(Selection.from_data(present)) from None
            return running


async def pause_launch(client: Client, cycle: uuid.UUID) -> Json:
    """Lets the launch start nobody further, once its present page is done; returns its progress.

    Harmless when it is paused already. Raises `NoLaunchRuns`, and `RPCError` or `TimeoutError` when engine or
    worker do not answer: it is unknown then whether they will.
    """
    return await _told(client, cycle, "pause")


async def resume_launch(client: Client, cycle: uuid.UUID) -> Json:
    """Lets a paused launch go on; otherwise like `pause_launch`."""
    return await _told(client, cycle, "resume")


async def _told(client: Client, cycle: uuid.UUID, update: str) -> Json:
    handle = client.get_workflow_handle(launch_workflow_id(cycle))
    try:
        progress: Json = await handle.execute_update(update, result_type=dict, rpc_timeout=_ANSWERS_WITHIN)
    except WorkflowUpdateRPCTimeoutOrCancelledError as error:
        raise TimeoutError(f"the launch did not answer to {update}") from error
    except WorkflowUpdateFailedError as error:
        raise NoLaunchRuns from error
    except RPCError as error:
        if error.status is RPCStatusCode.NOT_FOUND:
            raise NoLaunchRuns from error
        raise
    return progress
