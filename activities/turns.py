"""Whose turn it is on a case: commands on one case wait for each other, within limits."""

import asyncio
import datetime as dt
import uuid
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

LONGEST_QUEUE = 100
"""At most this many commands on one case wait for each other in a process. Later ones are told to try again."""
PATIENCE = dt.timedelta(seconds=5)
"""A command waits at most this long for others on the same case, in this process or another."""


class CaseBusy(TimeoutError):
    """Others keep writing this case, or somebody holds it. Nothing has changed; the command may be tried again."""


class Queues:
    """Makes the commands on one case wait for each other, briefly and in the order in which they came."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[uuid.UUID, asyncio.Lock] = WeakValueDictionary()
        self._waiting = Counter[uuid.UUID]()

    @asynccontextmanager
    async def turn(self, appraisal: uuid.UUID) -> AsyncIterator[None]:
        """The caller's turn on a case. Raises `CaseBusy` if too many wait, or if the wait is too long."""
        if self._waiting[appraisal] >= LONGEST_QUEUE:
            raise CaseBusy
        lock = self._locks.setdefault(appraisal, asyncio.Lock())
        self._waiting[appraisal] += 1
        try:
            try:
                async with asyncio.timeout(PATIENCE.total_seconds()):
                    await lock.acquire()
            except TimeoutError:
                raise CaseBusy from None
            try:
                yield
            finally:
                lock.release()
        finally:
            self._waiting[appraisal] -= 1
            if not self._waiting[appraisal]:
                del self._waiting[appraisal]
