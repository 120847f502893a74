"""Cases on record whose engine is real and whose worker is the test's own."""

import asyncio
import datetime as dt
import uuid
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowExecutionDescription
from temporalio.worker import Worker

from activities.commanding import Commands
from activities.looking import Looking
from activities.starting import appraisal_workflow_id
from service.temporal.worker import create_worker
from states.clock import Clock, Segment
from states.commands import Command
from states.decide import launched
from states.stages import Capacity
from states.triggers import Trigger
from store.appraisal.launching import Entrant, appraisal_id, create
from store.following.reading import lag
from store.following.repository import CaseToFollow
from tests.fixtures.agency import SmallAgency, build_agency
from tests.workflows.running import Silence
from workflows.appraisal import AppraisalWorkflow

NEW_YEAR = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
THIRD = dt.datetime(2026, 1, 3, 3, tzinfo=dt.UTC)


@dataclass
class Heard:
    """Keeps what would be told."""

    cases: list[CaseToFollow]

    def note(self, case: CaseToFollow) -> None:
        """Takes it."""
        self.cases.append(case)


@dataclass
class Shop:
    """An agency in the planning window of a clock at real pace, and a queue of its own."""

    client: Client
    database: AsyncEngine
    agency: SmallAgency
    queue: str

    def case(self, number: int = 0) -> uuid.UUID:
        """The appraisal of an employee."""
        return appraisal_id(self.agency.cycle, self.agency.employees[number])

    async def submit(self, number: int = 0, key: str = "submit") -> CaseToFollow:
        """Somebody submits a plan; what the engine is to be told, which nobody tells."""
        heard = Heard([])
        command = Command(
            id=key,
            trigger=Trigger.SUBMIT_PLAN,
            capacity=Capacity.EMPLOYEE,
            actor=str(self.agency.employees[number]),
            document="d" * 64,
        )
        await Commands(self.database, heard).carry_out_checked(self.case(number), command)
        return heard.cases[0]

    async def described(self, number: int = 0) -> WorkflowExecutionDescription:
        """The workflow of an employee's appraisal."""
        return await self.client.get_workflow_handle(appraisal_workflow_id(self.case(number))).describe()

    async def position(self, number: int = 0) -> tuple[str, int]:
        """Where the engine believes a case to stand."""
        handle = self.client.get_workflow_handle(appraisal_workflow_id(self.case(number)))
        found = await handle.query("position", result_type=dict)
        return found["stage"], found["sequence"]

    async def stands(self, stage: str, sequence: int, number: int = 0) -> None:
        """Returns once the engine stands there."""
        async with asyncio.timeout(20):
            while await self.position(number) != (stage, sequence):  # noqa: ASYNC110  # asked of a server
                await asyncio.sleep(0.05)

    async def behind(self) -> int:
        """How many cases are waiting."""
        async with self.database.connect() as connection:
            return (await lag(connection)).cases

    async def run(self, statement: str) -> None:
        """Runs a statement."""
        async with self.database.begin() as connection:
            await connection.execute(text(statement))

    def worker(self) -> Worker:
        """A worker for the queue, telling nobody anything."""
        looking = Looking(self.database, Commands(self.database, Silence()))
        return create_worker(
            self.client, queue=self.queue, workflows=[AppraisalWorkflow], activities=[looking.look]
        )


async def open_shop(client: Client, database: AsyncEngine, employees: int = 2) -> Shop:
    """An agency whose appraisals are on record; the engine has not heard of them."""
    clock = Clock((Segment(dt.datetime.now(dt.UTC), THIRD, 1.0),))
    agency = await build_agency(database, employees=employees, clock=clock.to_data())
    entrants = [
        Entrant(
            employee,
            agency.unit,
            launched(employee=str(employee), year=2026, now=NEW_YEAR, rules=agency.rules),
        )
        for employee in agency.employees
    ]
    async with database.begin() as connection:
        await create(connection, agency.cycle, entrants, rules=agency.rules, clock=clock)
    return Shop(client, database, agency, f"following-{uuid.uuid4()}")
