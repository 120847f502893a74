"""Tells the engine to launch a cycle, and to pause or resume the launch."""

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
"""Default number of appraisals started per second. At this pace 14 000 people take five minutes. The engine can
start several hundred a second, so most of its time is left for people who act meanwhile."""

_WHO = "who"
"""The memo that names the people of a launch. It can be read even when no worker answers."""
_ANSWERS_WITHIN = dt.timedelta(seconds=10)


def launch_workflow_id(cycle: uuid.UUID) -> str:
    """The only workflow id for launches of a cycle."""
    return f"launch-{cycle}"


class LaunchRunning(Exception):
    """A launch of the cycle already runs, for the people of ``who``."""

    def __init__(self, who: Selection) -> None:
        self.who = who
        super().__init__("a launch for another selection of people runs")


class NoLaunchRuns(Exception):
    """No launch of the cycle can be paused or resumed."""


async def launch_cycle(
    client: Client,
    cycle: uuid.UUID,
    *,
    who: Selection = EVERYBODY,
    pace: int = 0,
    queue: str = Queue.APPRAISAL,
) -> WorkflowHandle[Any, Json]:
    """Starts the launch for the people of ``who``, or returns the launch that runs for the same people.

    ``pace`` is the largest number of appraisals started per second; 0 means no limit. A running launch keeps
    its own pace. After its end, a launch may be started again for the rest. Raises `LaunchRunning` while a launch
    for other people runs, and `RPCError` when the engine does not answer.
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
                continue  # That launch has ended in between: try again.
            present: Json = await described.memo_value(_WHO, {}, type_hint=dict)
            if present != wanted:
                raise LaunchRunning(Selection.from_data(present)) from None
            return running


async def pause_launch(client: Client, cycle: uuid.UUID) -> Json:
    """Pauses the launch after its present page and returns its progress. Nobody else is started then.

    A repeat is harmless. Raises `NoLaunchRuns`, and `RPCError` or `TimeoutError` when engine or worker do not
    answer: then it is unknown whether the launch will pause.
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
