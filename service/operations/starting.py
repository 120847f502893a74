"""Gives operations to the engine, again if the engine has lost one."""

import datetime as dt
import uuid

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy

from activities.queues import Queue
from store.database import autocommit, database_now
from store.operation.moments import agency_time
from store.operation.repository import Operation, unfinished
from workflows.operating import OperationWorkflow

ENGINE_TIMEOUT = dt.timedelta(seconds=10)


def operation_workflow_id(operation: uuid.UUID) -> str:
    """The only workflow id of an operation."""
    return f"operation-{operation}"


async def start_operation(
    database: AsyncEngine, client: Client, operation: Operation, *, again: bool, queue: str = Queue.APPRAISAL
) -> None:
    """Starts an operation's workflow unless it runs; with ``again``, it retries refused and failed items.

    Raises `RPCError`, and `RuntimeError` when a lazy client finds no engine.
    """
    async with autocommit(database).connect() as connection:
        time = await agency_time(connection, operation.agency_id, await database_now(connection))
    due = max(time.clock.real(operation.effective_at), operation.requested_at)
    await client.start_workflow(
        OperationWorkflow.run,
        {"operation": str(operation.id), "due": due.isoformat(), "again": again},
        id=operation_workflow_id(operation.id),
        task_queue=queue,
        id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
        id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
        static_summary=f"operasi {operation.kind}",
        rpc_timeout=ENGINE_TIMEOUT,
    )


async def start_unfinished(database: AsyncEngine, client: Client, *, queue: str = Queue.APPRAISAL) -> int:
    """Gives the engine every operation that waits or runs on record; running ones go on unchanged.

    Returns their number. An operation that somebody paused stays paused until he resumes it.
    """
    async with autocommit(database).connect() as connection:
        operations = await unfinished(connection)
    for operation in operations:
        await start_operation(database, client, operation, again=False, queue=queue)
    return len(operations)
