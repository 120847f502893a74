"""The patrol ends workflows that belong to no case on record, and replaces workflows that cannot go on.

Anybody who reaches the engine's port can start workflows there. They decide nothing. The patrol ends those that
belong to no open case, or whose kind no worker serves. A workflow may also have the id of a case and not follow it:
its task fails again and again, or it is not one of ours. The patrol has it replaced by a new one, which begins where
the record stands.
"""

import asyncio
import contextlib
import datetime as dt
import uuid
from collections.abc import AsyncIterator

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import (
    Client,
    WorkflowExecution,
    WorkflowExecutionDescription,
    WorkflowExecutionStatus,
)
from temporalio.service import RPCError, RPCStatusCode

from activities.queues import Queue
from activities.starting import APPRAISAL_WORKFLOW, appraisal_workflow_id
from states.following import WORKFLOW_PREFIX
from store.database import autocommit
from store.following.reading import open_among, wedged_candidates
from store.following.repository import mark

KNOWN = ("Launch", "Operation", "Attending")
"""Other kinds of workflow that the queue of appraisals serves."""
PAGE = 500
FAILED_TASKS = 3
"""A workflow counts as wedged at once after this many attempts at one task."""
CANDIDATES = 100
LATELY_CLOSED = dt.timedelta(minutes=5)
REASON = "no open case on record"
EVERY = dt.timedelta(minutes=1)
WHOLE_EVERY = dt.timedelta(hours=1)
"""How often the patrol looks at workflows that began lately, and how often at all of them."""

_log = structlog.get_logger(__name__)


class Patrol:
    """Compares what runs in the engine with the record."""

    def __init__(self, database: AsyncEngine, client: Client, *, queue: str = Queue.APPRAISAL) -> None:
        self._database = autocommit(database)
        self._client = client
        self._queue = queue
        self._failing: dict[uuid.UUID, str] = {}
        """The runs that were repeating a task at the last look, by case."""

    async def end_strays(
        self, since: dt.datetime | None = None, *, lately_closed: dt.timedelta = LATELY_CLOSED
    ) -> int:
        """Ends workflows on the queue that belong to no open case; returns how many.

        Looks at workflows that began after ``since``, or at all of them. Those of cases that were closed within
        ``lately_closed`` end by themselves and are left alone. Raises `RPCError`, and the database's error.
        """
        query = f"ExecutionStatus = 'Running' AND TaskQueue = '{self._queue}'"
        if since is not None:
            query += f" AND StartTime > '{since.isoformat()}'"
        ended = 0
        async for page in self._pages(query):
            ended += await self._end(page, lately_closed)
        return ended

    async def replace_wedged(self) -> int:
        """Has workflows replaced that cannot follow; returns how many.

        Looks at cases that missed their moment, or that the engine was told about in vain.
        """
        async with self._database.connect() as connection:
            candidates = await wedged_candidates(connection, CANDIDATES)
        wedged, failing = [], {}
        for each in candidates:
            described = await self._described(each)
            if described is None or described.status is not WorkflowExecutionStatus.RUNNING:
                continue
            attempt = described.raw_description.pending_workflow_task.attempt
            if self._is_foreign(described) or attempt >= FAILED_TASKS:
                wedged.append(each)
            elif attempt > 1:
                # Every signal resets the count of attempts, so it may never reach the limit.
                failing[each] = described.run_id
                if self._failing.get(each) == described.run_id:
                    wedged.append(each)
        self._failing = failing
        if wedged:
            _log.error("workflows_replaced", cases=[str(each) for each in wedged])
            async with self._database.connect() as connection:
                await mark(connection, wedged, replaces=True)
        return len(wedged)

    async def _pages(self, query: str) -> AsyncIterator[list[WorkflowExecution]]:
        page: list[WorkflowExecution] = []
        async for run in self._client.list_workflows(query, page_size=PAGE):
            page.append(run)
            if len(page) == PAGE:
                yield page
                page = []
        if page:
            yield page

    async def _end(self, runs: list[WorkflowExecution], lately_closed: dt.timedelta) -> int:
        cases = {run.id: _case_of(run) for run in runs if run.workflow_type not in KNOWN}
        async with self._database.connect() as connection:
            asked = [case for case in cases.values() if case is not None]
            there = await open_among(connection, asked, lately=lately_closed)
        ended = 0
        for run in runs:
            if run.id not in cases or cases[run.id] in there:
                continue
            _log.warning("stray_workflow_ended", workflow_id=run.id[:200], kind=run.workflow_type[:80])
            try:
                await self._client.get_workflow_handle(run.id, run_id=run.run_id).terminate(REASON)
            except RPCError as error:
                # It may have ended by itself since it was listed.
                if error.status is not RPCStatusCode.NOT_FOUND:
                    raise
            ended += 1
        return ended

    async def _described(self, appraisal: uuid.UUID) -> WorkflowExecutionDescription | None:
        try:
            return await self._client.get_workflow_handle(appraisal_workflow_id(appraisal)).describe(
                rpc_timeout=dt.timedelta(seconds=5)
            )
        except RPCError as error:
            if error.status is RPCStatusCode.NOT_FOUND:
                return None
            raise

    def _is_foreign(self, described: WorkflowExecutionDescription) -> bool:
        """Whether a workflow with the id of a case is not one of ours: its kind or its queue is another."""
        return described.workflow_type != APPRAISAL_WORKFLOW or described.task_queue != self._queue


def _case_of(run: WorkflowExecution) -> uuid.UUID | None:
    """The case to which a workflow belongs; None if its kind is another, or if no case can have its id."""
    if run.workflow_type != APPRAISAL_WORKFLOW:
        return None
    try:
        case = uuid.UUID(run.id.removeprefix(WORKFLOW_PREFIX))
    except ValueError:
        return None
    return case if run.id == appraisal_workflow_id(case) else None


@contextlib.asynccontextmanager
async def patrolling(
    database: AsyncEngine,
    client: Client,
    *,
    queue: str = Queue.APPRAISAL,
    every: dt.timedelta = EVERY,
    whole_every: dt.timedelta = WHOLE_EVERY,
) -> AsyncIterator[None]:
    """Patrols for as long as the block runs. Any number of processes may do so at once."""
    task = asyncio.create_task(
        _patrol_again_and_again(Patrol(database, client, queue=queue), every, whole_every)
    )
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _patrol_again_and_again(patrol: Patrol, every: dt.timedelta, whole_every: dt.timedelta) -> None:
    """Looks at the workflows that began since the last look, and from time to time at all of them."""
    loop = asyncio.get_running_loop()
    since: dt.datetime | None = None
    whole_at = loop.time()
    while True:
        began = dt.datetime.now(dt.UTC)
        whole = loop.time() >= whole_at
        try:
            await patrol.end_strays(None if whole else since)
            await patrol.replace_wedged()
        except RPCError as error:
            _log.warning("patrol_failed", error=error.status.name)
        except Exception:  # A fault must not end the patrol, which looks after all workflows.
            _log.exception("patrol_broke")
        else:
            # The engine lists a workflow only some time after its start, so the next look overlaps with this one.
            since = began - every
            if whole:
                whole_at = loop.time() + whole_every.total_seconds()
        await asyncio.sleep(every.total_seconds())
