"""Brings the engine in line with the record: after a restored backup, a lost engine store, or a wedged workflow."""

import asyncio
import datetime as dt
import uuid
from collections.abc import AsyncGenerator
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from activities.patrolling import Patrol
from activities.queues import Queue
from activities.sweeping import Sweeper
from service.operations.starting import start_unfinished
from store.database import autocommit
from store.following.reading import waiting_among
from store.following.repository import mark_all

_LOOK_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Reconciled:
    """The progress of a reconciliation."""

    cases: int
    """The number of cases that are open on record."""
    waiting: int
    """The number of these cases that the engine has not been told yet."""


class Reconciling:
    """Gives every open case a new workflow, which begins at the recorded state. A repeat is harmless."""

    def __init__(self, database: AsyncEngine, client: Client, *, queue: str = Queue.APPRAISAL) -> None:
        self._database = autocommit(database)
        self._client = client
        self._queue = queue
        self._sweeper = Sweeper(database, client, queue=queue)
        self._patrol = Patrol(database, client, queue=queue)

    async def run(self, cycle: str | None = None) -> AsyncGenerator[Reconciled, None]:
        """Marks the open cases of a cycle (name or id), or of all cycles, and tells the engine until none waits.

        Yields its progress again and again. Running workers help. It takes longer while the engine is away: the
        caller decides how long to wait, and workers tell the rest later.
        """
        async with self._database.connect() as connection:
            marked = await mark_all(connection, cycle)
        while True:
            cases, away = await self._sweeper.sweep()
            waiting = await self._waiting(marked)
            yield Reconciled(len(marked), waiting)
            if not waiting:
                return
            if away or not cases:
                # Another sweeper has the rest, or the engine cannot be told now.
                await asyncio.sleep(_LOOK_SECONDS)

    async def start_operations(self) -> int:
        """Gives the engine the operations that wait or run on record; returns their number. Raises `RPCError`."""
        return await start_unfinished(self._database, self._client, queue=self._queue)

    async def end_strays(self) -> int:
        """Ends the workflows that belong to no open case; returns their number. Raises `RPCError`."""
        return await self._patrol.end_strays(lately_closed=dt.timedelta(0))

    async def _waiting(self, appraisals: list[uuid.UUID]) -> int:
        async with self._database.connect() as connection:
            return await waiting_among(connection, appraisals)
