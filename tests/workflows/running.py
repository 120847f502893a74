"""Runs appraisals on the real engine in virtual time."""

import datetime as dt
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import (
    Client,
    WithStartWorkflowOperation,
    WorkflowExecutionStatus,
    WorkflowHandle,
    WorkflowUpdateFailedError,
)
from temporalio.common import WorkflowIDConflictPolicy, WorkflowIDReusePolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode
from temporalio.testing import TimeSkipper, TimeSkippingConfig
from temporalio.worker import WorkflowRunner

from activities.recording import Recording
from activities.search_attributes import at_start
from service.engine.worker import create_worker, sandboxed
from states.agenda import agenda
from states.appraisal import Appraisal
from states.clock import Clock, Segment
from states.codec import Json, dump_appraisal, dump_command
from states.commands import Command
from states.decide import launched
from states.errors import IllegalTransition
from store.appraisal.history import RecordedEvent, events_after
from store.appraisal.launching import Entrant, create, first_snapshot
from tests.fixtures.agency import SmallAgency
from workflows.appraisal import AppraisalWorkflow


def code_of(failed: WorkflowUpdateFailedError) -> str:
    """The code of the refusal inside a failed update."""
    return str(failed.cause.type) if isinstance(failed.cause, ApplicationError) else repr(failed.cause)


@dataclass
class RunningAppraisal:
    """One appraisal under way, its engine handle and its virtual clock."""

    first: Appraisal
    handle: WorkflowHandle[AppraisalWorkflow, str]
    skipper: TimeSkipper
    database: AsyncEngine
    business_now: dt.datetime
    seen: int = 1
    refusals: list[str] = field(default_factory=list)

    async def wait_until(self, moment: dt.datetime) -> None:
        """Lets business time pass up to ``moment``; nothing happens if it is past."""
        if moment <= self.business_now:
            return
        try:
            await self.skipper.fast_forward(self.handle, moment - self.business_now)
        except RPCError as error:
            # A closed appraisal has no time of its own any more.
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
        self.business_now = moment

    async def act(self, command: Command) -> Json:
        """Sends a command. Raises `WorkflowUpdateFailedError` when it is refused."""
        body = dump_command(command)
        answer: Json = await self.handle.execute_update(
            "act", {**body, "seen": self.seen}, id=body.pop("id"), result_type=dict
        )
        self.seen = max(self.seen, answer["sequence"])
        return answer

    async def try_to_act(self, command: Command) -> str | None:
        """Sends a command; the refusal's code, or None when it was accepted."""
        try:
            await self.act(command)
        except RPCError as error:
            if error.status is not RPCStatusCode.NOT_FOUND:
                raise
            # What the service answers from the record when the engine has ended the case.
            self.refusals.append(IllegalTransition.code)
            return IllegalTransition.code
        except WorkflowUpdateFailedError as failed:
            code = code_of(failed)
            self.refusals.append(code)
            return code
        return None

    async def is_closed(self) -> bool:
        """True once the engine has ended the run."""
        return (await self.handle.describe()).status is not WorkflowExecutionStatus.RUNNING

    async def events(self) -> list[RecordedEvent]:
        """What is on record."""
        async with self.database.connect() as connection:
            return await events_after(connection, self.first.id)


@dataclass(frozen=True)
class Stagehand:
    """Launches appraisals on one worker."""

    client: Client
    queue: str
    database: AsyncEngine
    agency: SmallAgency

    async def launch(
        self, employee: uuid.UUID | None = None, *, at: dt.datetime, rate: float = 1.0, skipping: bool = True
    ) -> RunningAppraisal:
        """Launches an employee's appraisal whose business clock stands at ``at`` now."""
        subject = employee or self.agency.employee
        clock = Clock((Segment(dt.datetime.now(dt.UTC), at, rate),))
        event = launched(employee=str(subject), year=2026, now=at, regime=self.agency.regime)
        entrant = Entrant(subject, self.agency.unit, event)
        async with self.database.begin() as connection:
            await create(connection, self.agency.cycle, [entrant])
        first, _ = first_snapshot(self.agency.cycle, entrant)
        wake = agenda(first, self.agency.regime)
        start: Json = {"appraisal": dump_appraisal(first), "clock": clock.to_data()}
        if wake is not None:
            start["wake"] = wake.isoformat()
        skipper = TimeSkipper(self.client, config=TimeSkippingConfig(enabled=False))
        handle = await (skipper.client if skipping else self.client).start_workflow(
            "Appraisal",
            start,
            id=f"appraisal-{first.id}",
            task_queue=self.queue,
            search_attributes=at_start(cycle=str(self.agency.cycle), unit=str(self.agency.unit)),
            result_type=str,
        )
        return RunningAppraisal(first, handle, skipper, self.database, at)

    async def reopen(
        self, running: RunningAppraisal, command: Command, *, at: dt.datetime
    ) -> RunningAppraisal:
        """Reopens a finalised appraisal: its workflow has ended, so the command starts another run."""
        async with self.database.connect() as connection:
            snapshot = await connection.scalar(
                text("SELECT snapshot FROM appraisal WHERE id = :id"), {"id": running.first.id}
            )
        clock = Clock((Segment(dt.datetime.now(dt.UTC), at, 1.0),))
        skipper = TimeSkipper(self.client, config=TimeSkippingConfig(enabled=False))
        operation: WithStartWorkflowOperation[AppraisalWorkflow, str] = WithStartWorkflowOperation(
            "Appraisal",
            {"appraisal": snapshot, "clock": clock.to_data()},
            id=running.handle.id,
            task_queue=self.queue,
            id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
            id_reuse_policy=WorkflowIDReusePolicy.ALLOW_DUPLICATE,
            result_type=str,
        )
        body = dump_command(command)
        await skipper.client.execute_update_with_start_workflow(
            "act",
            {**body, "seen": snapshot["sequence"]},
            id=body.pop("id"),
            start_workflow_operation=operation,
            result_type=dict,
        )
        handle = await operation.workflow_handle()
        return RunningAppraisal(
            running.first, handle, skipper, self.database, at, snapshot["sequence"] + 1, running.refusals
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
    """A worker for as long as the block runs, on a queue of its own unless one is named."""
    queue = queue or f"appraisal-{uuid.uuid4()}"
    worker = create_worker(
        client,
        queue=queue,
        workflows=[AppraisalWorkflow],
        activities=[Recording(database).record],
        runner=runner(),
        cached_workflows=cached_workflows,
    )
    async with worker:
        yield Stagehand(client, queue, database, agency)
