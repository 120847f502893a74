"""Runs appraisals on the real engine in virtual time."""

import asyncio
import datetime as dt
import json
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowExecutionStatus, WorkflowHandle
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import TimeSkipper, TimeSkippingConfig
from temporalio.worker import WorkflowRunner

from activities.commanding import Commands
from activities.deciding import Prepared
from activities.looking import Looking
from activities.starting import appraisal_workflow_id, tell
from service.temporal.worker import create_worker, sandboxed
from states.appraisal import Appraisal
from states.clock import Clock, Segment
from states.codec import Json, load_appraisal
from states.commands import Command
from states.decide import launched
from states.errors import DomainError
from states.following import Position, position_of
from states.stages import Stage
from store.appraisal.history import RecordedEvent, events_after
from store.appraisal.launching import Entrant, create, first_snapshot
from store.appraisal.on_record import case_on_record
from store.following.repository import CaseToFollow
from tests.fixtures.agency import SmallAgency
from workflows.appraisal import AppraisalWorkflow


class Silence:
    """Tells the engine nothing: what is recorded stays unheard until somebody tells it."""

    def note(self, case: CaseToFollow) -> None:
        """Lets it pass."""


@dataclass
class RunningAppraisal:
    """One appraisal under way, its engine handle and its virtual clock.

    People act on the record in the virtual time of the case, and the engine is told as the service tells it.
    """

    first: Appraisal
    handle: WorkflowHandle[AppraisalWorkflow, str]
    skipper: TimeSkipper
    database: AsyncEngine
    agency: SmallAgency
    queue: str
    clock: Clock
    business_now: dt.datetime
    run: str | None = None
    refusals: list[str] = field(default_factory=list)

    @property
    def id(self) -> uuid.UUID:
        """The appraisal's id."""
        return uuid.UUID(self.first.id)

    async def wait_until(self, moment: dt.datetime) -> None:
        """Lets business time pass up to ``moment``; nothing happens if it is past."""
        if moment <= self.business_now:
            return
        await self._skip(moment - self.business_now)
        self.business_now = moment

    async def _skip(self, length: dt.timedelta) -> None:
        try:
            await self.skipper.fast_forward(self.handle, length)
        except RPCError as error:
            # A closed appraisal has no time of its own any more.
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise

    async def act(self, command: Command) -> Position:
        """Carries a command out on record, at the virtual moment, and tells the engine; where the case stands then.

        Raises a `DomainError` when it is refused.
        """
        case = await self.record(command)
        await self.tell(case)
        return case.position

    async def record(self, command: Command) -> CaseToFollow:
        """Carries a command out on record, and gives what the engine is to be told."""
        heard: list[CaseToFollow] = []

        class Hearing:
            def note(self, case: CaseToFollow) -> None:
                heard.append(case)

        async def prepare(connection: object) -> Prepared:
            async with self.database.connect() as reading:
                on_record = await case_on_record(reading, self.id, command.id)
            assert on_record is not None
            assert on_record.recorded is None
            # The moment of the case, not that of the database: its time is virtual.
            object.__setattr__(on_record, "at", self.clock.real(self.business_now))
            object.__setattr__(on_record, "clock", self.clock.to_data())
            return Prepared(on_record, command)

        await Commands(self.database, Hearing()).carry_out(self.id, prepare)
        [case] = heard
        return case

    async def tell(self, case: CaseToFollow) -> None:
        """Tells the engine, and returns once its workflow stands there or has ended."""
        await self.tell_only(case)
        await self.stands_at(case.position.sequence)

    async def tell_only(self, case: CaseToFollow) -> None:
        """Tells the engine. A run that begins by it, of a reopened case, gets the virtual time of the case."""
        await tell(self.skipper.client, case, queue=self.queue)
        described = await self.handle.describe()
        if described.run_id != self.run:
            begins, self.run = self.run is not None, described.run_id
            if begins:
                await self._skip(self.clock.real(self.business_now) - dt.datetime.now(dt.UTC))

    async def told_anew(self) -> CaseToFollow:
        """What the sweeper tells of the case as it stands: nothing is known of what the engine heard before."""
        snapshot = await self.snapshot()
        return CaseToFollow(
            self.id,
            position_of(snapshot, self.agency.rules, self.clock, self.business_now),
            None,
            self.agency.cycle,
            self.agency.unit,
            2026,
        )

    async def stands_at(self, sequence: int) -> None:
        """Returns once the workflow knows of the event, or has ended."""
        async with asyncio.timeout(60):
            while not await self.is_closed():
                position = await self.position()
                if position["sequence"] >= sequence and not position["unsure"]:
                    return
                await asyncio.sleep(0.02)

    async def try_to_act(self, command: Command) -> str | None:
        """Acts; the refusal's code, or None when it was accepted."""
        try:
            await self.act(command)
        except DomainError as refused:
            self.refusals.append(refused.code)
            return refused.code
        return None

    async def position(self) -> Json:
        """Where the engine believes the case to stand."""
        found: Json = await self.handle.query("position", result_type=dict)
        return found

    async def is_closed(self) -> bool:
        """True once the engine has ended the run."""
        return (await self.handle.describe()).status is not WorkflowExecutionStatus.RUNNING

    async def events(self) -> list[RecordedEvent]:
        """What is on record."""
        async with self.database.connect() as connection:
            return await events_after(connection, self.first.id)

    async def snapshot(self) -> Appraisal:
        """Where the case stands on record."""
        async with self.database.connect() as connection:
            snapshot = await connection.scalar(
                text("SELECT snapshot FROM appraisal WHERE id = :id"), {"id": self.id}
            )
        return load_appraisal(snapshot)

    async def stage(self) -> Stage:
        """The stage on record."""
        return (await self.snapshot()).stage


@dataclass(frozen=True)
class Stagehand:
    """Launches appraisals on one worker."""

    client: Client
    queue: str
    database: AsyncEngine
    agency: SmallAgency
    clocks: dict[str, Clock] = field(default_factory=dict)
    """The one clock of the cycle, once somebody has been launched."""

    async def launch(
        self, employee: uuid.UUID | None = None, *, at: dt.datetime, rate: float = 1.0, skipping: bool = True
    ) -> RunningAppraisal:
        """Launches an employee's appraisal whose business clock stands at ``at`` now.

        All that one stagehand launches has the clock of the first.
        """
        subject = employee or self.agency.employee
        clock = self.clocks.setdefault("cycle", Clock((Segment(dt.datetime.now(dt.UTC), at, rate),)))
        event = launched(employee=str(subject), year=2026, now=at, rules=self.agency.rules)
        entrant = Entrant(subject, self.agency.unit, event)
        async with self.database.begin() as connection:
            await create(connection, self.agency.cycle, [entrant], rules=self.agency.rules, clock=clock)
            await connection.execute(
                text("UPDATE cycle SET clock = CAST(:clock AS jsonb), rehearsal = true WHERE id = :id"),
                {"id": self.agency.cycle, "clock": json.dumps(clock.to_data())},
            )
        first, _ = first_snapshot(self.agency.cycle, entrant)
        skipper = TimeSkipper(self.client, config=TimeSkippingConfig(enabled=False))
        client = skipper.client if skipping else self.client
        case = CaseToFollow(
            uuid.UUID(first.id),
            position_of(first, self.agency.rules, clock, at),
            None,
            self.agency.cycle,
            self.agency.unit,
            2026,
        )
        await tell(client, case, queue=self.queue)
        handle = client.get_workflow_handle_for(AppraisalWorkflow.run, appraisal_workflow_id(first.id))
        run = (await handle.describe()).run_id
        return RunningAppraisal(
            first, handle, skipper, self.database, self.agency, self.queue, clock, at, run
        )


@asynccontextmanager
async def stage(
    client: Client,
    database: AsyncEngine,
    agency: SmallAgency,
    *,
    runner: Callable[[], WorkflowRunner] = sandboxed,
    cached_workflows: int = 500,
    queue: str | None = None,
) -> AsyncIterator[Stagehand]:
    """A worker for as long as the block runs, on a queue of its own unless one is named.

    Time is the engine's here, since it is virtual.
    """
    queue = queue or f"appraisal-{uuid.uuid4()}"
    looking = Looking(database, Commands(database, Silence()), moment=lambda _, engine: engine)
    worker = create_worker(
        client,
        queue=queue,
        workflows=[AppraisalWorkflow],
        activities=[looking.look],
        runner=runner(),
        cached_workflows=cached_workflows,
    )
    async with worker:
        yield Stagehand(client, queue, database, agency)
