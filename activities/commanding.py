"""A command is one transaction: the case is read, brought up to now, decided, written. The engine only follows.

People, operations and the clock all act in this way. The commit is the acknowledgement.
"""

import asyncio
import datetime as dt
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol, TypeVar
from weakref import WeakValueDictionary

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from states.appraisal import Appraisal
from states.clock import Clock
from states.codec import load_appraisal
from states.command_keys import WAKE
from states.commands import Command
from states.decide import advance, decide
from states.events import Event
from states.following import Position, position_of
from states.rule_context import RuleContext
from store.agency.rule_contexts import rule_context_on
from store.appraisal.decision import Decision, Document
from store.appraisal.on_record import CaseOnRecord, Recorded, case_on_record
from store.appraisal.recording import record
from store.appraisal.relations import writes_relations
from store.database import autocommit
from store.following.repository import CaseToFollow, note_looked

AT_ONCE = 12
"""At most this many commands of a process use the database at once. They are fewer than its connections, because
lists need some too. They take turns in the order in which they came, which a pool of connections does not keep."""
LONGEST_QUEUE = 100
"""At most this many commands on one case wait for each other in a process. Later ones are told to try again."""
PATIENCE = dt.timedelta(seconds=5)
"""A command waits at most this long for others on the same case, in this process or another."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.002, 0.1


Result = TypeVar("Result")


class CaseBusy(TimeoutError):
    """Others keep writing this case, or somebody holds it. Nothing has changed; the command may be tried again."""


class CaseUnknown(LookupError):
    """There is no such case on record."""


class Telling(Protocol):
    """Tells the engine what is on record."""

    def note(self, case: CaseToFollow) -> None:
        """Accepts a case that was just recorded; returns at once and never fails."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A command, after the right to give it was checked on the present record."""

    on_record: CaseOnRecord
    command: Command
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A command that is on record, and where the case stood right after it."""

    stage: str
    sequence: int


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

    async def carry_out_checked(
        self, appraisal: uuid.UUID, command: Command, document: Document | None = None
    ) -> Done:
        """Carries out a command of the clock or of an operation. The right to act was checked before.

        Raises `CaseUnknown`, and what `carry_out` raises.
        """

        async def prepare(connection: AsyncConnection) -> Prepared | Recorded:
            on_record = await case_on_record(connection, appraisal, command.id)
            if on_record is None:
                raise CaseUnknown(str(appraisal))
            return on_record.recorded or Prepared(on_record, command, document)

        return await self.carry_out(appraisal, prepare)

    async def bring_up_to(
        self, appraisal: uuid.UUID, moment: Callable[[dt.datetime], dt.datetime]
    ) -> Position:
        """Lets time act on a case and returns where it stands then.

        Time acts until the moment that ``moment`` makes of the database's now. The engine learns the position from
        the answer. Raises `CaseUnknown` and `CaseBusy`.
        """
        async with self._queues.turn(appraisal):
            return await self._until_written(lambda connection: self._advanced(connection, appraisal, moment))

    async def _until_written(self, attempt: Callable[[AsyncConnection], Awaitable[Result | None]]) -> Result:
        """Tries until nobody else was quicker. Raises `CaseBusy` if others write the same case for too long."""
        loop = asyncio.get_running_loop()
        until, pause = loop.time() + PATIENCE.total_seconds(), _FIRST_PAUSE
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
        return await self._decided(connection, prepared)

    async def _advanced(
        self, connection: AsyncConnection, appraisal: uuid.UUID, moment: Callable[[dt.datetime], dt.datetime]
    ) -> Position | None:
        """Records what time has caused; None if the case has changed since it was read."""
        on_record = await case_on_record(connection, appraisal, "")
        if on_record is None:
            raise CaseUnknown(str(appraisal))
        before = load_appraisal(on_record.snapshot)
        rules = await rule_context_on(connection, before)
        clock = Clock.from_data(on_record.clock)
        now = clock.business(moment(on_record.at))
        events, _ = advance(before, now, rules)
        if not events:
            position = position_of(before, rules, clock, now)
            await note_looked(connection, appraisal, position)
            return position
        decision = Decision(before, tuple(events), f"{WAKE}{before.sequence}", "", now, clock, told=True)
        after = await record(connection, decision, rules)
        return None if after is None else position_of(after, rules, clock, now)

    async def _decided(self, connection: AsyncConnection, prepared: Prepared) -> Done | None:
        """Decides and writes; None if the case has changed since it was read."""
        on_record, command = prepared.on_record, prepared.command
        before = load_appraisal(on_record.snapshot)
        rules = await rule_context_on(connection, before)
        clock = Clock.from_data(on_record.clock)
        now = clock.business(on_record.at)
        events = tuple(decide(before, command, now, rules))
        decision = Decision(
            before, events, command.id, command.fingerprint, now, clock, document=prepared.document
        )
        after = await self._write(connection, decision, rules, events)
        if after is None:
            return None
        self._telling.note(
            CaseToFollow(
                appraisal=on_record.appraisal,
                position=position_of(after, rules, clock, now),
                after=before.sequence,
                cycle=on_record.cycle,
                unit=on_record.unit,
                year=on_record.year,
            )
        )
        return Done(after.stage.value, after.sequence)

    async def _write(
        self, connection: AsyncConnection, decision: Decision, rules: RuleContext, events: tuple[Event, ...]
    ) -> Appraisal | None:
        """Writes in one statement or, if relations change as well, in one transaction of several."""
        if not writes_relations(events):
            return await record(connection, decision, rules)
        # A command that holds a connection must not wait for a second one.
        await connection.close()
        async with self._transactional.begin() as transaction:
            return await record(transaction, decision, rules)


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
