"""A whole kinerja in this process: database, engine, both workers, API on a port, and a postbox."""

import asyncio
import datetime as dt
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import pytest_asyncio
import uvicorn
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.api.workflowservice.v1 import RegisterNamespaceRequest
from temporalio.client import Client

from activities import relaying
from activities.sweeping import sweeping
from notifications.email import EmailChannel, MailServer
from notifications.relay import Links
from schemes.loading import builtin_system
from service.accounts.tokens import TokenSigner
from service.api.app import create_app
from service.api.dependencies import Dependencies
from service.launches.launching import launch_cycle
from service.rehearsal.agency import invent_agency
from service.rehearsal.cycle import create_rehearsal
from service.runtime.ports import any_free_port
from service.runtime.scratch import ScratchTemporal
from service.temporal.client import connect
from service.temporal.registration import register_search_attributes
from service.temporal.registry import appraisal_worker, notify_worker
from service.temporal.relay import ensure_relay
from store.cycle.rehearsing import RehearsedCycle, ScriptedPerson
from store.database import autocommit, create_engine
from store.message.channels import ChannelName
from tests.fixtures.mail import Postbox
from tests.fixtures.servers import Template

SECRET = "a secret of the tests that is long enough"


class ApiServer:
    """The API on a port; it can be ended in the middle and come back."""

    def __init__(self, app: object) -> None:
        self.port = any_free_port()
        self._app = app
        self._server: uvicorn.Server | None = None
        self._serving: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        self._server = uvicorn.Server(
            uvicorn.Config(
                self._app,  # type: ignore[arg-type]
                port=self.port,
                lifespan="off",
                access_log=False,
                log_config=None,
                ws="none",
                timeout_graceful_shutdown=1,
            )
        )
        # Its own way of serving takes over the signals of the process, which are pytest's.
        self._server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        self._serving = asyncio.create_task(self._server._serve())
        while not self._server.started:  # noqa: ASYNC110  # nothing tells us
            await asyncio.sleep(0.01)

    async def stop(self) -> None:
        assert self._server is not None
        assert self._serving is not None
        self._server.should_exit = True
        self._server.force_exit = True
        await self._serving


@dataclass
class Venue:
    """Where a rehearsal takes place."""

    database: AsyncEngine
    engine: Client
    api: ApiServer
    postbox: Postbox
    signer: TokenSigner

    async def rehearsal(self, people: int, *, seconds: float, name: str = "Gladi") -> RehearsedCycle:
        """A launched rehearsal of an invented agency."""
        agency = await invent_agency(self.database, f"Kota {name}", people)
        cycle = await create_rehearsal(
            self.database,
            agency=agency,
            name=name,
            year=2026,
            system=builtin_system("nasional"),
            lasting=dt.timedelta(seconds=seconds),
        )
        await (await launch_cycle(self.engine, cycle.id)).result()
        return cycle

    async def numbers(self, query: str, cycle: RehearsedCycle) -> dict[str, int]:
        """The rows of a query of names and numbers about a cycle."""
        async with self.database.connect() as connection:
            rows = await connection.execute(text(query), {"cycle": cycle.id})
            return {row[0]: row[1] for row in rows}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def venue(template: Template, temporal: ScratchTemporal) -> AsyncIterator[Venue]:
    """One for the module, with a database and a namespace of its own."""
    name = f"gladi_{uuid.uuid4().hex[:8]}"
    maker = create_engine(template.url)
    async with autocommit(maker).connect() as connection:
        await connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template.name}"))
    request = RegisterNamespaceRequest(namespace=name)
    request.workflow_execution_retention_period.FromTimedelta(dt.timedelta(days=1))
    anywhere = await connect(temporal.address)
    await anywhere.workflow_service.register_namespace(request)
    engine = await connect(temporal.address, namespace=name)
    await register_search_attributes(engine)
    database, signer, postbox = create_engine(template.url_of(name)), TokenSigner(SECRET), Postbox()
    dependencies = Dependencies(database=database, client=engine, signer=signer)
    api = ApiServer(create_app(dependencies))
    channel = EmailChannel(MailServer("127.0.0.1", postbox.port), sender="kinerja@localhost")
    await ensure_relay(engine)
    # In a year of half a minute a second is two weeks: whoever looks so seldom finds every task done.
    often = pytest.MonkeyPatch()
    often.setattr(relaying, "_POLL_SECONDS", 0.03)
    async with (
        postbox.listening(),
        appraisal_worker(engine, database),
        sweeping(database, engine, pause=dt.timedelta(milliseconds=50)),
        notify_worker(engine, database, {ChannelName.EMAIL: channel}, Links(api.url)),
    ):
        await api.start()
        yield Venue(database, engine, api, postbox, signer)
        await api.stop()
        await dependencies.teller.settle()
        async for run in engine.list_workflows("ExecutionStatus = 'Running'"):
            await engine.get_workflow_handle(run.id).terminate()
    often.undo()
    await database.dispose()
    async with autocommit(maker).connect() as connection:
        await connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    await maker.dispose()


def person(number: int, *, rater: uuid.UUID | None = None, hr: bool = False) -> ScriptedPerson:
    """Somebody invented; the same number is the same person."""
    return ScriptedPerson(uuid.UUID(int=number), f"{number:018d}", f"Pegawai {number}", rater, hr)
