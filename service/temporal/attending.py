"""Tells the engine what is to be attended to: new things, and those whose moment passed unseen."""

import asyncio
import datetime as dt
import uuid
from contextlib import AbstractAsyncContextManager

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.service import RPCError

from activities.queues import Queue
from activities.starting import ENGINE_TIMEOUT
from service.temporal.looking_again import looking_again
from store.attending.repository import Untold, claim_untold, untell
from store.database import autocommit
from workflows.attending import PREFIX, AttendingWorkflow

BATCH = 100
AT_ONCE = 16
"""Thousands of surveys close in the same moment: one after the other they would wait for each other's answer."""
PAUSE = dt.timedelta(seconds=1)
PATIENCE = dt.timedelta(minutes=1)
"""The engine is told once more of what it has not attended to for so long after its moment."""

_log = structlog.get_logger(__name__)


def attending_workflow_id(noun: uuid.UUID) -> str:
    """The one workflow id of something that is attended to."""
    return f"{PREFIX}{noun}"


class AttendingStart:
    """Starts a workflow for each thing, and replaces the one of a thing whose moment has passed unseen.

    Whatever ran under its id then was of no use: it was wedged, of another kind, or waited by a clock that was bent.
    """

    def __init__(
        self,
        database: AsyncEngine,
        client: Client,
        *,
        queue: str = Queue.APPRAISAL,
        patience: dt.timedelta = PATIENCE,
    ) -> None:
        self._database = autocommit(database)
        self._client = client
        self._queue = queue
        self._patience = patience
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def tell_waiting(self) -> int:
        """Tells the engine of one batch and returns how many it took. Raises the database's error."""
        async with self._database.connect() as connection:
            waiting = await claim_untold(connection, BATCH, self._patience)
        told = await asyncio.gather(*(self._told(each) for each in waiting))
        missed = [each.id for each, heard in zip(waiting, told, strict=True) if not heard]
        if missed:
            async with self._database.connect() as connection:
                await untell(connection, missed)
        return len(waiting) - len(missed)

    async def _told(self, untold: Untold) -> bool:
        async with self._slots:
            return await self._tell(untold)

    async def _tell(self, untold: Untold) -> bool:
        noun, conflict = untold.id, WorkflowIDConflictPolicy.USE_EXISTING
        if untold.missed:
            conflict = WorkflowIDConflictPolicy.TERMINATE_EXISTING
        try:
            await self._client.start_workflow(
                AttendingWorkflow.run,
                {"attended": str(noun)},
                id=attending_workflow_id(noun),
                task_queue=self._queue,
                start_signal="look_again",
                id_conflict_policy=conflict,
                id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
                rpc_timeout=ENGINE_TIMEOUT,
            )
        except (RPCError, RuntimeError) as away:
            # The engine is away, or a lazy client cannot connect: the next look tells it.
            _log.warning("engine_not_told_of_attended", attended=str(noun), error=type(away).__name__)
            return False
        return True


def attending(
    database: AsyncEngine, client: Client, *, queue: str = Queue.APPRAISAL, pause: dt.timedelta = PAUSE
) -> AbstractAsyncContextManager[None]:
    """Tells the engine for as long as the block runs. Any number of processes may do so at once."""
    look = AttendingStart(database, client, queue=queue).tell_waiting
    return looking_again(look, batch=BATCH, pause=pause, failure="attended_not_told")
