"""The one factory for Temporal workers."""

import datetime as dt
import os
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any

from temporalio.client import Client
from temporalio.worker import (
    PollerBehaviorAutoscaling,
    UnsandboxedWorkflowRunner,
    Worker,
    WorkflowRunner,
)
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

CACHED_WORKFLOWS = 5_000
PASSED_THROUGH = ("states", "schemes", "pydantic", "pydantic_core", "transitions", "holidays", "yaml")
"""Modules that are pure or import nothing from this project; sandboxed copies of them would only cost memory."""


def sandboxed() -> WorkflowRunner:
    """The runner for tests: catches non-determinism at the first call."""
    return SandboxedWorkflowRunner(
        restrictions=SandboxRestrictions.default.with_passthrough_modules(*PASSED_THROUGH)
    )


def create_worker(
    client: Client,
    *,
    queue: str,
    workflows: Sequence[type],
    activities: Sequence[Callable[..., Any]],
    runner: WorkflowRunner | None = None,
    cached_workflows: int = CACHED_WORKFLOWS,
) -> Worker:
    """A worker for ``queue``.

    It is unsandboxed unless a runner is given: a sandboxed update costs two to three times the CPU. Autoscaling
    pollers keep tail latency short under load. Few concurrent workflow tasks keep tasks in a restart storm below
    the two seconds after which the SDK treats a task as deadlocked.
    """
    return Worker(
        client,
        task_queue=queue,
        workflows=workflows,
        activities=activities,
        # Histories hold the build id twice per task. By default the SDK would use a digest of all loaded code.
        build_id=version("kinerja"),
        workflow_runner=runner or UnsandboxedWorkflowRunner(),
        max_cached_workflows=cached_workflows,
        max_concurrent_workflow_tasks=max(16, 8 * (os.cpu_count() or 1)),
        max_concurrent_local_activities=64,
        workflow_task_poller_behavior=PollerBehaviorAutoscaling(minimum=2, maximum=16, initial=4),
        activity_task_poller_behavior=PollerBehaviorAutoscaling(minimum=1, maximum=8, initial=2),
        graceful_shutdown_timeout=dt.timedelta(seconds=15),
        # The workflows of a dead worker wait this long before another worker takes them over.
        sticky_queue_schedule_to_start_timeout=dt.timedelta(seconds=5),
    )
