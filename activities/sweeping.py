"""The sweeper tells the engine everything that it has not been told, for whatever reason.

Perhaps a process died after its commit, the engine was away or lost its store, or time did not act when it should
have. All these cases stand in one table. Any number of sweepers take cases from it, and no two take the same one.
"""

import asyncio
import contextlib
import datetime as dt
from collections.abc import AsyncIterator
from enum import Enum, auto

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.queues import Queue
from activities.starting import tell
from store.database import autocommit
from store.following.repository import CaseToFollow, claim, confirm, mark_overdue, postpone, release

BATCH = 100
AT_ONCE = 16
LEASE = dt.timedelta(seconds=30)
PAUSE = dt.timedelta(milliseconds=500)
"""Between two looks at the table, if it holds fewer cases than can be told at once."""
AWAY_PAUSE = dt.timedelta(seconds=2)
"""After the engine did not answer. Short, because the engine is away for all cases alike."""
LONGEST_POSTPONED = dt.timedelta(minutes=10)

OVERDUE_PATIENCE = dt.timedelta(minutes=1)
"""A wake counts as missed this long after its moment. The engine is then told of its case once more."""
OVERDUE_EVERY = dt.timedelta(seconds=10)
OVERDUE_AT_ONCE = 200

_REFUSING = frozenset({RPCStatusCode.INVALID_ARGUMENT})
"""Errors that are about a single case. Any other error means that the engine is away for all cases."""

_log = structlog.get_logger(__name__)


class Told(Enum):
    """Whether the engine was told of a case."""

    YES = auto()
    AWAY = auto()
    REFUSED = auto()


class Sweeper:
    """Takes the cases that wait, tells the engine of them and notes whether that worked."""

    def __init__(self, database: AsyncEngine, client: Client, *, queue: str = Queue.APPRAISAL) -> None:
        self._database = autocommit(database)
        self._client = client
        self._queue = queue
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def sweep(self) -> tuple[int, bool]:
        """Tells one batch; returns how many cases were in it, and whether the engine was away.

        Raises the database's error.
        """
        async with self._database.connect() as connection:
            cases = await claim(connection, BATCH, LEASE)
        if not cases:
            return 0, False
        outcomes = dict(zip(cases, await asyncio.gather(*(self._tell(case) for case in cases)), strict=True))
        refused = {case: status for case, (outcome, status) in outcomes.items() if outcome is Told.REFUSED}
        if len(refused) == len(cases) > 1:
            # The engine refused every one of many cases, so it lacks something, a search attribute for instance.
            _log.error("engine_takes_nothing", status=next(iter(refused.values())))
            refused = {}
        told = [case for case, (outcome, _) in outcomes.items() if outcome is Told.YES]
        away = [case.appraisal for case in cases if case not in told and case not in refused]
        async with self._database.connect() as connection:
            if told:
                await confirm(
                    connection,
                    [(case.appraisal, case.position.sequence) for case in told],
                    replaced={case.appraisal for case in told if case.replaces},
                )
            if away:
                await release(connection, away, AWAY_PAUSE)
            for case, status in refused.items():
                _log.error("case_not_followed", appraisal=str(case.appraisal), status=status)
                pause = min(dt.timedelta(seconds=2) * 2 ** min(case.attempts, 16), LONGEST_POSTPONED)
                await postpone(connection, case.appraisal, pause, status)
        return len(cases), bool(away)

    async def mark_overdue(self) -> int:
        """Marks the cases on which time should have acted, so that they are told once more; returns how many."""
        async with self._database.connect() as connection:
            return await mark_overdue(connection, OVERDUE_PATIENCE, OVERDUE_AT_ONCE)

    async def _tell(self, case: CaseToFollow) -> tuple[Told, str]:
        async with self._slots:
            try:
                await tell(self._client, case, queue=self._queue)
            except RPCError as error:
                return (Told.REFUSED if error.status in _REFUSING else Told.AWAY), error.status.name
            except RuntimeError:
                # The SDK raises this if a lazy client cannot connect.
                return Told.AWAY, "NOT_CONNECTED"
        return Told.YES, ""


@contextlib.asynccontextmanager
async def sweeping(
    database: AsyncEngine, client: Client, *, queue: str = Queue.APPRAISAL, pause: dt.timedelta = PAUSE
) -> AsyncIterator[None]:
    """Sweeps for as long as the block runs. Any number of processes may do so at once."""
    task = asyncio.create_task(_sweep_again_and_again(Sweeper(database, client, queue=queue), pause))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _sweep_again_and_again(sweeper: Sweeper, pause: dt.timedelta) -> None:
    loop = asyncio.get_running_loop()
    overdue_at = loop.time()
    while True:
        cases, away = 0, False
        try:
            if loop.time() >= overdue_at:
                overdue_at = loop.time() + OVERDUE_EVERY.total_seconds()
                await sweeper.mark_overdue()
            cases, away = await sweeper.sweep()
        except (SQLAlchemyError, OSError) as error:
            _log.warning("sweep_failed", error=type(error).__name__)
        except Exception:  # A fault must not end the sweeper, which brings all other cases in line.
            _log.exception("sweep_broke")
        if away:
            _log.warning("engine_away_for_sweeper")
            await asyncio.sleep(AWAY_PAUSE.total_seconds())
        elif cases < AT_ONCE:
            await asyncio.sleep(pause.total_seconds())
