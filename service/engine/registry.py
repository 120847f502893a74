"""Which workflows and activities each task queue serves."""

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client
from temporalio.worker import Worker, WorkflowRunner

from activities.launching import Launching
from activities.queues import Queue
from activities.recording import Recording
from service.engine.worker import create_worker
from workflows.appraisal import AppraisalWorkflow
from workflows.launching import LaunchWorkflow

APPRAISAL_WORKFLOWS: tuple[type, ...] = (AppraisalWorkflow, LaunchWorkflow)
"""Everything that a golden history may be replayed with."""


def appraisal_worker(client: Client, engine: AsyncEngine, *, runner: WorkflowRunner | None = None) -> Worker:
    """A worker for commands, deadlines and launches; sandboxed only if such a ``runner`` is given."""
    launching = Launching(engine, client)
    return create_worker(
        client,
        queue=Queue.APPRAISAL,
        workflows=APPRAISAL_WORKFLOWS,
        activities=[
            Recording(engine).record,
            launching.launch_outline,
            launching.launch_chunk,
            launching.launch_done,
        ],
        runner=runner,
    )
