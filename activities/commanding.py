"""A command is one transaction: the case is read, brought up to now, decided, written. The engine only follows.

People, operations and the clock all act in this way. The commit is the acknowledgement.
"""

import asyncio
import datetime as dt
import uuid
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from activities import turns
from activities.deciding import CaseUnknown, Done, Prepared, advanced, decided
from activities.turns import CaseBusy, Queues
from states.commands import Command
from states.following import Position
from store.appraisal.decision import Document
from store.appraisal.on_record import Recorded, case_on_record
from store.database import autocommit
from store.following.repository import CaseToFollow

AT_ONCE = 12
"""At most this many commands of a process use the database at once. They are fewer than its connections, because
lists need some too. They take turns in the order in which they came, which a pool of connections does not keep."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.002, 0.1


Result = TypeVar("Result")


class Telling(Protocol):
    """Tells the engine what is on record."""

    def note(self, case: CaseToFollow) -> None:
        """Accepts a case that was just recorded; returns at once and never fails."""


Prepare = Callable[[AsyncConnection], Awaitable[Prepared | Recorded]]
"""Reads the case, checks the right to act and returns the command, or what is already on record of it."""


class Commands:
    """Carries out commands; one for each process."""

    def __init__(self, database: AsyncEngine, telling: Telling) -> None:
        self._transactional = database
        self._autocommit = autocommit(database)
        self._telling = telling
        self._queues = Queues()
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def carry_out(self, appraisal: uuid.UUID, prepare: Prepare) -> Done:
        """Carries out the command that ``prepare`` returns, on the record as it stands at the moment of writing.

        Raises a `DomainError` if the core refuses, `CaseBusy` if others are in the way for too long, and everything
        that ``prepare`` raises. Nothing has changed then. After an error of the database the outcome is unknown: the
        same command may be given again.
        """
        async with self._queues.turn(appraisal):
            return await self._until_written(lambda connection: self._attempt(connection, prepare))

    async def carry_out_checked(self, appraisal: uuid.UUID, command: Command, *documents: Document) -> Done:
        """Carries out a command of the clock or of an operation. The right to act was checked before.

        Raises `CaseUnknown`, and what `carry_out` raises.
        """

        async def prepare(connection: AsyncConnection) -> Prepared | Recorded:
            on_record = await case_on_record(connection, appraisal, command.id)
            if on_record is None:
                raise CaseUnknown(str(appraisal))
            return on_record.recorded or Prepared(on_record, command, documents)

        return await self.carry_out(appraisal, prepare)

    async def bring_up_to(
        self, appraisal: uuid.UUID, moment: Callable[[dt.datetime], dt.datetime]
    ) -> Position:
        """Lets time act on a case and returns where it stands then.

        Time acts until the moment that ``moment`` makes of the database's now. The engine learns the position from
        the answer. Raises `CaseUnknown` and `CaseBusy`.
        """
        async with self._queues.turn(appraisal):
            return await self._until_written(lambda connection: advanced(connection, appraisal, moment))

    async def _until_written(self, attempt: Callable[[AsyncConnection], Awaitable[Result | None]]) -> Result:
        """Tries until nobody else was quicker. Raises `CaseBusy` if others write the same case for too long."""
        loop = asyncio.get_running_loop()
        until, pause = loop.time() + turns.PATIENCE.total_seconds(), _FIRST_PAUSE
        while True:
            async with self._slots, self._autocommit.connect() as connection:
                result = await attempt(connection)
            if result is not None:
                return result
            if loop.time() >= until:
                raise CaseBusy
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _attempt(self, connection: AsyncConnection, prepare: Prepare) -> Done | None:
        prepared = await prepare(connection)
        if isinstance(prepared, Recorded):
            return Done(prepared.stage, prepared.sequence)
        found = await decided(connection, prepared, self._transactional)
        if found is None:
            return None
        done, case = found
        self._telling.note(case)
        return done
