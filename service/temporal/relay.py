"""Keeps exactly one relay running."""

from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from activities.queues import Queue
from workflows.relaying import ROUNDS, RelayWorkflow

RELAY_ID = "relay"


async def ensure_relay(client: Client, *, queue: str = Queue.NOTIFY) -> None:
    """Starts the relay unless it runs already. Any number of processes may do so at once."""
    await client.start_workflow(
        RelayWorkflow.run,
        ROUNDS,
        id=RELAY_ID,
        task_queue=queue,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        static_summary="Sends notices from the outbox",
    )
