"""Tells the engine of what this process has recorded, right after the commit. Nobody waits for it.

It may lose everything: a sweeper tells what is not confirmed within a second (see `activities.sweeping`).
"""

import asyncio
import contextvars
import uuid
from dataclasses import replace

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client
from temporalio.service import RPCError

from activities.queues import Queue
from activities.starting import tell
from store.appraisal.decision_rows import GRACE
from store.database import autocommit
from store.following.repository import CaseToFollow, confirm

AT_ONCE = 2
"""Few, because the people who act come first. Cases that get too late are left to the sweeper."""
MOST_WAITING = 5_000
_LATEST_SECONDS = GRACE.total_seconds() * 0.8
"""A case is left to the sweeper after this long, so that the engine is not told twice."""
_PAUSE_SECONDS = 2.0
"""Nothing is told for this long after the engine did not answer."""
_CONFIRMED_TOGETHER_SECONDS = 0.05

_log = structlog.get_logger(__name__)


class Teller:
    """Tells the engine; one for each process that records. Its tasks run as long as cases wait."""

    def __init__(self, database: AsyncEngine, client: Client, *, queue: str = Queue.APPRAISAL) -> None:
        self._database = autocommit(database)
        self._client = client
        self._queue = queue
        self._waiting: dict[uuid.UUID, tuple[float, CaseToFollow]] = {}
        self._under_way = set[uuid.UUID]()
        self._told: dict[uuid.UUID, int] = {}
        self._silent_until = 0.0
        self._tasks = set[asyncio.Task[None]]()
        self._lanes = 0
        self._confirming = False

    def note(self, case: CaseToFollow) -> None:
        """Accepts a case that was just recorded; returns at once and never fails."""
        now = asyncio.get_running_loop().time()
        if now < self._silent_until:
            return
        earlier = self._waiting.get(case.appraisal)
        if earlier is None and len(self._waiting) >= MOST_WAITING:
            return
        if earlier is not None:
            # Both steps are told together. If that is more than one step, the engine looks at the record.
            now, case = earlier[0], replace(case, after=earlier[1].after)
        self._waiting[case.appraisal] = (now, case)
        if self._lanes < AT_ONCE:
            self._lanes += 1
            self._spawn(self._lane())

    async def settle(self) -> None:
        """Returns once all accepted cases have been told, or given up."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    def _spawn(self, work: "asyncio._CoroutineLike[None]") -> None:
        # The task serves all cases, so it must not log under the name of the request that happened to begin it.
        task = asyncio.get_running_loop().create_task(work, context=contextvars.Context())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _lane(self) -> None:
        try:
            while (taken := self._next()) is not None:
                await self._tell(*taken)
        finally:
            self._lanes -= 1

    def _next(self) -> tuple[float, CaseToFollow] | None:
        """Of the cases that are not being told right now, the one that has waited longest."""
        for appraisal in self._waiting:
            if appraisal not in self._under_way:
                return self._waiting.pop(appraisal)
        return None

    async def _tell(self, noted_at: float, case: CaseToFollow) -> None:
        loop = asyncio.get_running_loop()
        if loop.time() - noted_at > _LATEST_SECONDS:
            return
        self._under_way.add(case.appraisal)
        try:
            await tell(self._client, case, queue=self._queue)
        except (RPCError, RuntimeError) as error:
            # The SDK raises RuntimeError if a lazy client cannot connect.
            _log.warning("engine_not_told", error=type(error).__name__)
            self._silent_until = loop.time() + _PAUSE_SECONDS
            self._waiting.clear()
            return
        finally:
            self._under_way.discard(case.appraisal)
        self._told[case.appraisal] = max(self._told.get(case.appraisal, 0), case.position.sequence)
        if not self._confirming:
            self._confirming = True
            self._spawn(self._confirm())

    async def _confirm(self) -> None:
        """Notes in one write all cases that were told within a moment."""
        await asyncio.sleep(_CONFIRMED_TOGETHER_SECONDS)
        self._confirming = False
        told, self._told = list(self._told.items()), {}
        try:
            async with self._database.connect() as connection:
                await confirm(connection, told)
        except (SQLAlchemyError, OSError) as error:
            # The sweeper tells these cases once more, which does no harm.
            _log.warning("telling_not_noted", error=type(error).__name__)
