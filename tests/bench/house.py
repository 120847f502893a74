"""Everything that a measurement runs on: scratch servers, and each part of ours in a process of its own."""

import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client
from temporalio.service import RPCError

from activities.search_attributes import REGISTRATION
from service.runtime.managed_process import ManagedProcess, Service
from service.runtime.ports import any_free_port
from service.runtime.scratch import scratch_postgres, scratch_temporal
from service.temporal.client import connect
from store.database import create_engine
from store.migrating import upgrade
from tests.bench.bare import start_bare

SECRET = "the bench needs a secret that is long enough"
LOAD = "load"
"""This process: it makes the load, and none of its time counts as ours."""


@dataclass
class House:
    """Running servers and processes."""

    directory: Path
    database: AsyncEngine
    client: Client
    environment: Mapping[str, str]
    api: str
    pids: dict[str, int]
    _stack: AsyncExitStack

    async def open(self, name: str, *command: str) -> int:
        """Starts a process of ours until the house is left; returns its id."""
        service = Service(
            name, (sys.executable, *command), self.environment, stop_signal=signal.SIGTERM, stop_seconds=3.0
        )
        process = await ManagedProcess.start(service, self.directory, self.directory)
        self._stack.push_async_callback(process.stop, asyncio.Event())
        self.pids[name] = process.process.pid
        return process.process.pid

    async def open_worker(self) -> int:
        """The worker for commands and deadlines."""
        return await self.open("worker", "-m", "service.cli", "worker", "--queue", "appraisal")

    async def open_api(self) -> None:
        """The API, answering."""
        await self.open("api", "-m", "service.cli", "api")
        port = int(self.environment["KINERJA_API_PORT"])
        for _ in range(300):
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                await asyncio.sleep(0.1)
            else:
                writer.close()
                return
        raise TimeoutError((self.directory / "api.log").read_text())

    async def open_bare(self) -> None:
        """The worker of the floor, serving."""
        await self.open("bare", "-m", "tests.bench.bare", self.client.service_client.config.target_host)
        handle = await start_bare(self.client)
        for _ in range(30):
            try:
                await handle.execute_update("act", {"fingerprint": ""}, result_type=dict)
            except RPCError:
                await asyncio.sleep(0.5)
            else:
                return
        raise TimeoutError((self.directory / "bare.log").read_text())

    def spent(self) -> dict[str, float]:
        """Seconds of CPU so far, by kind of process."""
        spent = {name: _cpu_of(psutil.Process(pid)) for name, pid in self.pids.items()}
        own = psutil.Process().cpu_times()
        return spent | {LOAD: own.user + own.system}

    async def settle(self) -> None:
        """Waits until the servers rest, so that one stretch of load does not pay for another's leavings."""
        for _ in range(40):
            before = self._spent_by_others()
            await asyncio.sleep(0.25)
            if self._spent_by_others() - before < 0.05:
                return

    def _spent_by_others(self) -> float:
        return sum(seconds for kind, seconds in self.spent().items() if kind != LOAD)


def _cpu_of(process: psutil.Process) -> float:
    total = 0.0
    for each in (process, *process.children(recursive=True)):
        try:
            times = each.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
    return total


@asynccontextmanager
async def house(
    *, dynamic_configuration: Mapping[str, object] | None = None, settings: Mapping[str, str] | None = None
) -> AsyncIterator[House]:
    """PostgreSQL and Temporal on files, durable as in production, with an empty migrated database.

    ``settings`` are more variables for the processes.
    """
    async with AsyncExitStack() as stack:
        directory = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="kinerja-bench-")))
        # PostgreSQL runs as another user below it.
        directory.chmod(0o711)  # noqa: ASYNC240  # once, before anything is measured
        postgres = stack.enter_context(scratch_postgres(directory / "postgres"))
        temporal = stack.enter_context(
            scratch_temporal(
                directory / "temporal",
                search_attributes=REGISTRATION,
                dynamic_configuration=dynamic_configuration,
            )
        )
        database = create_engine(postgres.url)
        stack.push_async_callback(database.dispose)
        await upgrade(database)
        port = any_free_port()
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("KINERJA_")},
            "KINERJA_DATABASE_URL": postgres.url,
            "KINERJA_TEMPORAL_ADDRESS": temporal.address,
            "KINERJA_STATE_DIRECTORY": str(directory / "var"),
            "KINERJA_SECRET": SECRET,
            "KINERJA_API_PORT": str(port),
            "KINERJA_LOG_FORMAT": "json",
            **(settings or {}),
        }
        yield House(
            directory,
            database,
            await connect(temporal.address),
            environment,
            f"http://127.0.0.1:{port}/api/v1",
            {"postgres": postgres.process.pid, "temporal": temporal.process.pid},
            stack,
        )
