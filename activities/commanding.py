"""A command is one transaction on the record: read, brought up to now, decided, written. The engine only follows.

Whoever acts, a person, an operation or the clock, comes this way. Commit is the acknowledgement.
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
from store.appraisal.recording import Decision, Document, record
from store.appraisal.relations import writes_relations
from store.appraisal.standing import Recorded, Standing, standing_on_record
from store.database import autocommit
from store.following.repository import CaseToFollow, note_looked

AT_ONCE = 12
"""So many commands of a process are with the database together: fewer than its connections, which lists need as well,
and in the order of their coming, which a pool of connections does not keep."""
LONGEST_QUEUE = 100
"""So many commands on one case wait for each other in a process; who comes then is told to try again."""
PATIENCE = dt.timedelta(seconds=5)
"""So long a command waits for others on the same case, in whatever process they are carried out."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.002, 0.1


Result = TypeVar("Result")


class CaseBusy(TimeoutError):
    """Others write this case all the time, or somebody holds it; nothing has changed, and it may be tried again."""


class CaseUnknown(LookupError):
    """There is no such case on record."""


class Telling(Protocol):
    """Whoever tells the engine what is on record."""

    def note(self, case: CaseToFollow) -> None:
        """Takes what was recorded just now; returns at once and never fails."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A command whose right has been checked on the record as it stands."""

    standing: Standing
    command: Command
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A command that is on record, and where the case stood right after it."""

    stage: str
    sequence: int


Prepare = Callable[[AsyncConnection], Awaitable[Prepared | Recorded]]
"""Reads the case, checks the right to act and gives the command; or what is on record of it already."""


class Commands:
    """Carries out commands; one for each process."""

    def __init__(self, database: AsyncEngine, telling: Telling) -> None:
        self._transactional = database
        self._autocommit = autocommit(database)
        self._telling = telling
        self._queues = Queues()
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def carry_out(self, appraisal: uuid.UUID, prepare: Prepare) -> Done:
        """Carries out what ``prepare`` gives, on the record as it stands when it is written.

        Raises a `DomainError` where the core refuses, `CaseBusy` where others are in the way for too long, and
        whatever ``prepare`` raises; nothing has changed then. An error of the database leaves the outcome open:
        the same command may be given again.
        """
        async with self._queues.turn(appraisal):
            return await self._until_written(lambda connection: self._attempt(connection, prepare))

    async def order(self, appraisal: uuid.UUID, command: Command, document: Document | None = None) -> Done:
        """Carries out a command of the clock or of an operation, whose right was checked when it was ordered.

        Raises `CaseUnknown`, and what `carry_out` raises.
        """

        async def prepare(connection: AsyncConnection) -> Prepared | Recorded:
            standing = await standing_on_record(connection, appraisal, command.id)
            if standing is None:
                raise CaseUnknown(str(appraisal))
            return standing.recorded or Prepared(standing, command, document)

        return await self.carry_out(appraisal, prepare)

    async def bring_up_to(
        self, appraisal: uuid.UUID, moment: Callable[[dt.datetime], dt.datetime]
    ) -> Position:
        """Lets time act on a case until ``moment`` of the database's now, and says where it stands then.

        The engine hears of it by the answer. Raises `CaseUnknown` and `CaseBusy`.
        """
        async with self._queues.turn(appraisal):
            return await self._until_written(lambda connection: self._advanced(connection, appraisal, moment))

    async def _until_written(self, attempt: Callable[[AsyncConnection], Awaitable[Result | None]]) -> Result:
        """Tries until nobody else was quicker, or the patience with others who write the same case is over."""
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
        """Records what time has caused; None where the case has moved on since it was read."""
        standing = await standing_on_record(connection, appraisal, "")
        if standing is None:
            raise CaseUnknown(str(appraisal))
        before = load_appraisal(standing.snapshot)
        rules = await rule_context_on(connection, before)
        clock = Clock.from_data(standing.clock)
        now = clock.business(moment(standing.at))
        events, _ = advance(before, now, rules)
        if not events:
            position = position_of(before, rules, clock, now)
            await note_looked(connection, appraisal, position)
            return position
        decision = Decision(before, tuple(events), f"{WAKE}{before.sequence}", "", now, clock, told=True)
        after = await record(connection, decision, rules)
        return None if after is None else position_of(after, rules, clock, now)

    async def _decided(self, connection: AsyncConnection, prepared: Prepared) -> Done | None:
        """Decides and writes; None where the case has moved on since it was read."""
        standing, command = prepared.standing, prepared.command
        before = load_appraisal(standing.snapshot)
        rules = await rule_context_on(connection, before)
        clock = Clock.from_data(standing.clock)
        now = clock.business(standing.at)
        events = tuple(decide(before, command, now, rules))
        decision = Decision(
            before, events, command.id, command.fingerprint, now, clock, document=prepared.document
        )
        after = await self._write(connection, decision, rules, events)
        if after is None:
            return None
        self._telling.note(
            CaseToFollow(
                appraisal=standing.appraisal,
                position=position_of(after, rules, clock, now),
                after=before.sequence,
                cycle=standing.cycle,
                unit=standing.unit,
                year=standing.year,
            )
        )
        return Done(after.stage.value, after.sequence)

    async def _write(
        self, connection: AsyncConnection, decision: Decision, rules: RuleContext, events: tuple[Event, ...]
    ) -> Appraisal | None:
        """One statement; what changes a relation as well, in a transaction of several."""
        if not writes_relations(events):
            return await record(connection, decision, rules)
        # Whoever holds a connection must not ask for a second one.
        await connection.close()
        async with self._transactional.begin() as transaction:
            return await record(transaction, decision, rules)


class Queues:
    """Lets the commands on one case wait for each other, briefly and in the order of their coming."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[uuid.UUID, asyncio.Lock] = WeakValueDictionary()
        self._waiting = Counter[uuid.UUID]()

    @asynccontextmanager
    async def turn(self, appraisal: uuid.UUID) -> AsyncIterator[None]:
        """The caller's turn on a case. Raises `CaseBusy` where too many wait, or for too long."""
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
