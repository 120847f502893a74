"""An agency under way on the real engine: officials, employees with running appraisals, and a worker."""

import asyncio
import datetime as dt
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.api.workflowservice.v1 import RegisterNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.commanding import Commands
from activities.starting import appraisal_workflow_id
from activities.sweeping import sweeping
from activities.telling import Teller
from schemes.loading import builtin_scheme, load_scheme
from service.accounts.tokens import Identity
from service.appraisals.acting import Acting
from service.appraisals.attempt import Acknowledged
from service.appraisals.request import ActionRequest
from service.operations.operations import Operations
from service.operations.previewing import Preview
from service.runtime.scratch import ScratchTemporal
from service.temporal.client import connect
from service.temporal.registration import register_search_attributes
from service.temporal.registry import appraisal_worker
from service.temporal.worker import sandboxed
from states.changes import CHANGE
from states.codec import Json
from states.rules import Rulebook
from states.triggers import Trigger
from store.database import autocommit
from store.operation import repository
from store.operation.repository import ItemLine, Operation
from tests.documents import ROOT
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.cases import new_case
from tests.service.operations.settling import Settling, settle_results

START = dt.datetime(2026, 1, 5, 3, tzinfo=dt.UTC)
"""In the planning window; nothing is due yet."""

AFTER_THE_YEAR = dt.datetime(2027, 1, 7, 3, tzinfo=dt.UTC)

VERSION_2 = load_scheme(ROOT / "tests" / "fixtures" / "nasional-2.yaml")

PLAN = ActionRequest(text="Menyusun rencana pelayanan")
WHY = {"reason": "Penataan organisasi", "authority": "Kepala BKPSDM, SK 12/2026"}


@dataclass
class House:
    """What tests of operations need."""

    database: AsyncEngine
    client: Client
    agency: SmallAgency
    commands: Commands
    acting: Acting
    operations: Operations
    settling: Settling | None = None
    """Appraisals whose results are being settled, in a house after the year."""

    def identity(self, person: uuid.UUID) -> Identity:
        return Identity(person, self.agency.agency)

    async def launch(self, employee: uuid.UUID) -> uuid.UUID:
        """A running appraisal in the planning window."""
        # Planning is opened on record before the engine follows: its own timer would take a second.
        case = await new_case(self.database, self.agency, employee)
        return uuid.UUID(case.appraisal.id)

    async def act(
        self, person: uuid.UUID, appraisal: uuid.UUID, trigger: Trigger, asked: ActionRequest = PLAN
    ) -> Acknowledged:
        """Somebody acts as over the API."""
        return await self.acting.act(self.identity(person), appraisal, trigger, uuid.uuid4().hex, asked)

    async def planned(self, employee: uuid.UUID) -> uuid.UUID:
        """A running appraisal with an approved plan."""
        appraisal = await self.launch(employee)
        await self.act(employee, appraisal, Trigger.SUBMIT_PLAN)
        await self.act(self.agency.rater, appraisal, Trigger.APPROVE_PLAN)
        return appraisal

    async def preview(self, kind: str, *, by: uuid.UUID | None = None, **change: Any) -> Preview:
        """What a change of a personnel officer would do."""
        wanted = CHANGE.validate_python({"kind": kind, **WHY, **change})
        return await self.operations.preview(self.identity(by or self.agency.officer), wanted)

    async def requested(
        self, kind: str, *, by: uuid.UUID | None = None, key: str | None = None, **change: Any
    ) -> Operation:
        """A change that a personnel officer requests."""
        wanted = CHANGE.validate_python({"kind": kind, **WHY, **change})
        return await self.operations.request(
            self.identity(by or self.agency.officer), key or uuid.uuid4().hex, wanted
        )

    async def done(self, kind: str, *, by: uuid.UUID | None = None, **change: Any) -> Operation:
        """A change, once its items are done."""
        operation = await self.requested(kind, by=by, **change)
        return await self.settled(operation.id)

    async def settled(self, operation: uuid.UUID) -> Operation:
        """The operation, once it has taken effect and nothing of it is pending."""
        async with asyncio.timeout(30):
            while True:
                async with autocommit(self.database).connect() as connection:
                    found = await repository.one(connection, operation)
                    counts = await repository.counts(connection, operation)
                assert found is not None
                if found.state == "refused" or (found.applied_at is not None and not counts.get("pending")):
                    return found
                await asyncio.sleep(0.05)

    async def items(self, operation: uuid.UUID) -> list[ItemLine]:
        async with autocommit(self.database).connect() as connection:
            return await repository.items(connection, operation, outcome=None, after=None, limit=1_000)

    async def responsible(self, appraisal: uuid.UUID, capacity: str = "rater") -> tuple[Any, ...] | None:
        """Holder, basis and on whose behalf, as things stand now."""
        async with autocommit(self.database).connect() as connection:
            row = (
                await connection.execute(
                    text("""
                        SELECT found.* FROM appraisal JOIN cycle ON cycle.id = appraisal.cycle_id,
                            LATERAL responsible(employee_id, appraisal.id, relations_until, :capacity,
                                business_at(cycle.clock, now()), signers(snapshot)) AS found
                        WHERE appraisal.id = :id"""),
                    {"id": appraisal, "capacity": capacity},
                )
            ).one_or_none()
        return None if row is None else tuple(row)

    async def triggers(self, appraisal: uuid.UUID) -> list[str]:
        """What was done to the appraisal, in order."""
        async with autocommit(self.database).connect() as connection:
            rows = await connection.execute(
                text("""SELECT body ->> 'trigger' FROM event
                    WHERE appraisal_id = :id AND kind = 'acted' ORDER BY sequence"""),
                {"id": appraisal},
            )
            return list(rows.scalars())

    async def stage(self, appraisal: uuid.UUID) -> str:
        return str(await self.value("SELECT stage FROM appraisal WHERE id = :id", id=appraisal))

    async def until_stage(self, appraisal: uuid.UUID, stage: str) -> None:
        async with asyncio.timeout(30):
            while await self.stage(appraisal) != stage:  # noqa: ASYNC110  # the engine tells nobody
                await asyncio.sleep(0.05)

    async def value(self, query: str, **parameters: Any) -> Any:
        async with autocommit(self.database).connect() as connection:
            return await connection.scalar(text(query), parameters)

    async def run(self, statement: str, **parameters: Any) -> None:
        async with self.database.begin() as connection:
            await connection.execute(text(statement), parameters)

    async def rows(self, query: str, **parameters: Any) -> list[tuple[Any, ...]]:
        async with autocommit(self.database).connect() as connection:
            return [tuple(row) for row in await connection.execute(text(query), parameters)]

    async def until_followed(self, appraisal: uuid.UUID) -> Json:
        """Where the engine believes the appraisal to stand, once that is where it stands on record."""
        handle = self.client.get_workflow_handle(appraisal_workflow_id(appraisal))
        async with asyncio.timeout(30):
            while True:
                try:
                    position: Json = await handle.query("position", result_type=dict)
                except RPCError as error:
                    if error.status is not RPCStatusCode.NOT_FOUND:
                        raise
                else:
                    on_record = await self.value(
                        "SELECT sequence FROM appraisal WHERE id = :id", id=appraisal
                    )
                    if position["sequence"] == on_record and not position["unsure"]:
                        return position
                await asyncio.sleep(0.05)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def operations_engine(temporal: ScratchTemporal) -> Client:
    """A namespace of our own: workers of other tests serve queues of the same name on other databases."""
    name = f"operations-{uuid.uuid4().hex[:8]}"
    anywhere = await connect(temporal.address)
    request = RegisterNamespaceRequest(namespace=name)
    request.workflow_execution_retention_period.FromTimedelta(dt.timedelta(days=1))
    await anywhere.workflow_service.register_namespace(request)
    client = await connect(temporal.address, namespace=name)
    await register_search_attributes(client)
    return client


@asynccontextmanager
async def _house(
    database: AsyncEngine,
    operations_engine: Client,
    rate: float,
    *,
    start: dt.datetime = START,
    book: Rulebook | None = None,
) -> AsyncIterator[House]:
    clock: list[list[Any]] = [[dt.datetime.now(dt.UTC).isoformat(), start.isoformat(), rate]]
    agency = await build_agency(
        database, name=f"Kota {uuid.uuid4().hex[:8]}", employees=4, clock=clock, book=book
    )
    # Before there is an engine, which would bring them up to now between two steps.
    settling = await settle_results(database, agency) if start is AFTER_THE_YEAR else None
    # Of this house alone: what other houses left behind in the engine wakes no worker of ours.
    queue = f"operations-{uuid.uuid4()}"
    teller = Teller(database, operations_engine, queue=queue)
    commands = Commands(database, teller)
    async with (
        appraisal_worker(operations_engine, database, queue=queue, runner=sandboxed()),
        sweeping(database, operations_engine, queue=queue, pause=dt.timedelta(milliseconds=100)),
    ):
        yield House(
            database,
            operations_engine,
            agency,
            commands,
            Acting(database, commands),
            Operations(database, operations_engine, queue=queue),
            settling,
        )
        await teller.settle()


@pytest_asyncio.fixture(loop_scope="session")
async def house(database: AsyncEngine, operations_engine: Client) -> AsyncIterator[House]:
    """Time passes at its real pace."""
    async with _house(database, operations_engine, 1.0) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def late_house(database: AsyncEngine, operations_engine: Client) -> AsyncIterator[House]:
    """In January after the year, when results are settled."""
    async with _house(database, operations_engine, 1.0, start=AFTER_THE_YEAR) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def house_of_version_2(database: AsyncEngine, operations_engine: Client) -> AsyncIterator[House]:
    """Its cycle was launched under version 2 of the national scheme."""
    async with _house(database, operations_engine, 1.0, book=VERSION_2) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def house_of_today(database: AsyncEngine, operations_engine: Client) -> AsyncIterator[House]:
    """Its cycle was launched under the newest version of the national scheme."""
    async with _house(database, operations_engine, 1.0, book=builtin_scheme("nasional")) as found:
        yield found


@pytest_asyncio.fixture(loop_scope="session")
async def hurried_house(database: AsyncEngine, operations_engine: Client) -> AsyncIterator[House]:
    """A day passes in two seconds."""
    async with _house(database, operations_engine, 43_200.0) as found:
        yield found
