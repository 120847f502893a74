"""One running service for a module: real database, real engine, a worker, the application in-process."""

import asyncio
import datetime as dt
import io
import json
import logging
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.api.workflowservice.v1 import RegisterNamespaceRequest
from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from activities.sealing import Seals
from activities.starting import appraisal_workflow_id
from activities.sweeping import sweeping
from service.accounts.hooks import Hooks
from service.accounts.tokens import TokenSigner
from service.api.app import create_app
from service.api.dependencies import Dependencies
from service.configuration.structured_logging import configure_logging
from service.public_feedback.sealing import PublicSeals
from service.runtime.scratch import ScratchTemporal
from service.temporal.client import connect
from service.temporal.registration import register_search_attributes
from service.temporal.registry import appraisal_worker
from service.temporal.worker import sandboxed
from states.clock import Clock
from states.codec import Json
from states.decide import launched
from states.rules import Rulebook
from store.appraisal.launching import Entrant, appraisal_id, create
from store.database import autocommit, create_engine
from tests.fixtures.agency import SmallAgency, build_agency
from tests.fixtures.servers import Template

SECRET = "a secret of the tests that is long enough"
BUSINESS_START = dt.datetime(2026, 1, 5, 3, tzinfo=dt.UTC)
"""In the planning window: plans may be drafted, and nothing is due yet."""

PLAN = {"text": "Menyusun rencana pelayanan"}


def clock_from(start: dt.datetime) -> list[list[Any]]:
    """Business time that begins now at ``start`` and passes at real pace."""
    return [[dt.datetime.now(dt.UTC).isoformat(), start.isoformat(), 1.0]]


@dataclass
class Service:
    """The service under test, and what tests need to look behind it."""

    http: httpx.AsyncClient
    signer: TokenSigner
    database: AsyncEngine
    engine: Client
    agency: SmallAgency
    elsewhere: SmallAgency
    log: io.StringIO
    next_employee: int = 0
    others: list[SmallAgency] = field(default_factory=list)

    def headers(self, person: uuid.UUID, **more: str) -> dict[str, str]:
        """The sign-in of somebody of any of the agencies, in English unless told otherwise."""
        theirs = [each for each in (self.elsewhere, *self.others) if person in everybody(each)]
        agency = theirs[0] if theirs else self.agency
        token = self.signer.issue(person, agency.agency, dt.timedelta(hours=1))
        return {"Authorization": f"Bearer {token}", "Accept-Language": "en", **more}

    async def get(self, person: uuid.UUID, path: str, **parameters: Any) -> httpx.Response:
        """A GET below /api/v1."""
        return await self.http.get(f"/api/v1{path}", params=parameters or None, headers=self.headers(person))

    async def post(self, person: uuid.UUID, path: str, body: Any = None, **headers: str) -> httpx.Response:
        """A POST below /api/v1."""
        return await self.http.post(f"/api/v1{path}", json=body, headers=self.headers(person, **headers))

    async def act(
        self, person: uuid.UUID, appraisal: uuid.UUID, trigger: str, body: Any = None, key: str | None = None
    ) -> httpx.Response:
        """An action, by default with a new key and an empty body."""
        return await self.post(
            person,
            f"/appraisals/{appraisal}/actions/{trigger}",
            {} if body is None else body,
            **{"Idempotency-Key": key or uuid.uuid4().hex},
        )

    async def new_agency(self, employees: int = 2, book: Rulebook | None = None) -> SmallAgency:
        """An agency of its own, for a test that changes who is responsible for whom, or that has its own rules."""
        name = f"Kota {uuid.uuid4().hex[:8]}"
        agency = await build_agency(
            self.database, name=name, employees=employees, book=book, clock=clock_from(BUSINESS_START)
        )
        self.others.append(agency)
        return agency

    async def launch(self, agency: SmallAgency, employee: uuid.UUID) -> uuid.UUID:
        """An appraisal on record, that the engine is to follow."""
        clock = await self.clock(agency)
        event = launched(
            employee=str(employee),
            year=2026,
            now=BUSINESS_START - dt.timedelta(days=20),
            rules=agency.rules,
        )
        entrant = Entrant(employee, agency.unit, event)
        async with self.database.begin() as connection:
            await create(connection, agency.cycle, [entrant], rules=agency.rules, clock=clock)
        return appraisal_id(agency.cycle, employee)

    async def stage(self, appraisal: uuid.UUID) -> str:
        """Where an appraisal stands on record."""
        return str(await self.value("SELECT stage FROM appraisal WHERE id = :id", id=appraisal))

    async def until_stage(self, appraisal: uuid.UUID, stage: str) -> None:
        """Waits until the engine has brought an appraisal to a stage."""
        async with asyncio.timeout(30):
            while await self.stage(appraisal) != stage:  # noqa: ASYNC110  # the engine tells nobody
                await asyncio.sleep(0.05)

    async def until_followed(self, appraisal: uuid.UUID) -> Json:
        """Where the engine believes an appraisal to stand, once that is where it stands on record."""
        handle = self.engine.get_workflow_handle(appraisal_workflow_id(appraisal))
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

    async def new_appraisal(self) -> tuple[uuid.UUID, uuid.UUID]:
        """The appraisal of an employee who has none yet, and the employee."""
        employee = self.agency.employees[self.next_employee]
        self.next_employee += 1
        return await self.launch(self.agency, employee), employee

    async def clock(self, agency: SmallAgency) -> Clock:
        """The clock of an agency's cycle."""
        return Clock.from_data(await self.value("SELECT clock FROM cycle WHERE id = :id", id=agency.cycle))

    async def value(self, query: str, **parameters: Any) -> Any:
        """The one value of a query."""
        async with autocommit(self.database).connect() as connection:
            return await connection.scalar(text(query), parameters)

    async def run(self, statement: str, **parameters: Any) -> None:
        """Runs a statement."""
        async with self.database.begin() as connection:
            await connection.execute(text(statement), parameters)

    @asynccontextmanager
    async def held(self, appraisal: uuid.UUID) -> AsyncIterator[None]:
        """Somebody else has the row of an appraisal, and keeps it for as long as the block runs."""
        async with self.database.connect() as connection, connection.begin():
            query = text("SELECT id FROM appraisal WHERE id = :id FOR UPDATE")
            await connection.execute(query, {"id": appraisal})
            yield

    async def events(self, appraisal: uuid.UUID) -> int:
        """How many events are on record."""
        return int(await self.value("SELECT count(*) FROM event WHERE appraisal_id = :id", id=appraisal))

    def logged(self, request_id: str) -> list[dict[str, Any]]:
        """The log lines of one request."""
        lines = [json.loads(line) for line in self.log.getvalue().splitlines()]
        # The engine is told in this process too, after the answer, and what that logs inherits the request's ids.
        ours = [line for line in lines if line["logger"].startswith("service.")]
        return [line for line in ours if line.get("request_id") == request_id]

    async def attempts(self, appraisal: uuid.UUID) -> list[str]:
        """The codes of the refused attempts, in order."""
        async with self.database.connect() as connection:
            rows = await connection.execute(
                text("SELECT code FROM attempt WHERE appraisal_id = :id ORDER BY id"), {"id": appraisal}
            )
            return [row.code for row in rows]


def everybody(agency: SmallAgency) -> tuple[uuid.UUID, ...]:
    """All people of an agency."""
    return (
        agency.head,
        agency.director,
        agency.superior,
        agency.rater,
        agency.officer,
        *agency.employees,
    )


@pytest.fixture(scope="session")
def signer() -> TokenSigner:
    return TokenSigner(SECRET)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def api_engine(temporal: ScratchTemporal) -> Client:
    """A namespace of our own: workers of other tests serve queues of the same name on other databases."""
    name = f"api-{uuid.uuid4().hex[:8]}"
    anywhere = await connect(temporal.address)
    request = RegisterNamespaceRequest(namespace=name)
    request.workflow_execution_retention_period.FromTimedelta(dt.timedelta(days=1))
    await anywhere.workflow_service.register_namespace(request)
    client = await connect(temporal.address, namespace=name)
    await register_search_attributes(client)
    return client


async def end(engine: Client, identifier: str) -> None:
    """Terminate the run, unless it ended since it was listed: visibility is late by design."""
    try:
        await engine.get_workflow_handle(identifier).terminate()
    except RPCError as error:
        if error.status is not RPCStatusCode.NOT_FOUND:
            raise


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def service(template: Template, api_engine: Client, signer: TokenSigner) -> AsyncIterator[Service]:
    name = f"api_{uuid.uuid4().hex}"
    maker = create_engine(template.url)
    async with autocommit(maker).connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template.name}"))
    database = create_engine(template.url_of(name))
    agency = await build_agency(database, employees=20, clock=clock_from(BUSINESS_START))
    elsewhere = await build_agency(
        database, name="Kabupaten Lain", employees=2, clock=clock_from(BUSINESS_START)
    )
    log = io.StringIO()
    configure_logging("json", "info", log)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    seals = Seals(SECRET)
    hooks = Hooks(public_seals=PublicSeals(SECRET))
    app = create_app(
        Dependencies(database=database, client=api_engine, signer=signer, seals=seals, hooks=hooks)
    )
    transport = httpx.ASGITransport(app)
    worker = appraisal_worker(api_engine, database, runner=sandboxed(), seals=seals)
    swept = sweeping(database, api_engine, pause=dt.timedelta(milliseconds=100))
    async with worker, swept, httpx.AsyncClient(transport=transport, base_url="http://kinerja.test") as http:
        yield Service(http, signer, database, api_engine, agency, elsewhere, log)
        # Nobody else serves what is still open, and the next module's worker has another database.
        async for run in api_engine.list_workflows("ExecutionStatus = 'Running'"):
            await end(api_engine, run.id)
    await database.dispose()
    async with autocommit(maker).connect() as connection:
        await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    await maker.dispose()
