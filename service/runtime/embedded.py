import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace

import structlog
from pydantic import SecretStr

from service.configuration.settings import PREFIX, Settings
from service.runtime.addresses import Addresses
from service.runtime.embedded_servers import EmbeddedServers
from service.runtime.environment import own_environment
from service.runtime.managed_process import Service
from service.runtime.own_processes import OwnProcess, OwnProcesses, own_processes
from service.runtime.ports import LOOPBACK, Ports
from service.runtime.probes import answers_http, answers_smtp
from service.runtime.process_record import ProcessRecord
from service.runtime.serve_lock import only_one
from service.runtime.state import RuntimeState
from service.runtime.supervisor import Supervisor

__all__ = ["Addresses", "serve"]

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

_log = structlog.get_logger(__name__)


async def serve(
    settings: Settings,
    *,
    workers: int = 1,
    on_ready: Callable[[Addresses], Awaitable[None]] | None = None,
    processes: OwnProcesses | None = None,
    search_attributes: Mapping[str, str] | None = None,
    dynamic_configuration: Mapping[str, object] | None = None,
) -> int:
    """Runs kinerja on this machine until SIGINT, SIGTERM or SIGHUP. Returns the exit code for the command line.

    Starts PostgreSQL, Temporal and the mailbox (unless the settings point elsewhere), then the migration, the
    workers and the API. Each starts once the one before is ready. `on_ready` is awaited once all of them answer.
    `search_attributes` (name → type) and `dynamic_configuration` are for the embedded Temporal.
    Raises RuntimeProblem if something is missing or does not start; what had been started is stopped first.
    A second signal stops without grace.
    """
    with only_one(settings.state_directory):
        run = _Run(
            settings,
            processes or own_processes(workers),
            search_attributes or {},
            dynamic_configuration or {},
        )
        told_to_stop = asyncio.Event()

        def on_signal() -> None:
            if told_to_stop.is_set():
                run.supervisor.hurry()
            told_to_stop.set()

        loop = asyncio.get_running_loop()
        for number in _STOP_SIGNALS:
            loop.add_signal_handler(number, on_signal)
        try:
            await _until_told(told_to_stop, run.work(on_ready))
        finally:
            await run.stop()
            for number in _STOP_SIGNALS:
                loop.remove_signal_handler(number)
    return 0


async def _until_told(told_to_stop: asyncio.Event, work: Awaitable[None]) -> None:
    working = asyncio.ensure_future(work)
    told = asyncio.ensure_future(told_to_stop.wait())
    try:
        await asyncio.wait((working, told), return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            working.result()
    finally:
        for task in (working, told):
            task.cancel()
        await asyncio.gather(working, told, return_exceptions=True)


class _Run:
    """One run of `serve`: its supervisor, its ports, and the state that it writes for the other commands."""

    def __init__(
        self,
        settings: Settings,
        processes: OwnProcesses,
        search_attributes: Mapping[str, str],
        dynamic_configuration: Mapping[str, object],
    ) -> None:
        self.supervisor = Supervisor(settings.state_directory, self._processes_changed)
        self._settings = settings
        self._processes = processes
        self._state = RuntimeState.read(settings.state_directory)
        self._ports = Ports(self._state.ports)
        self._servers = EmbeddedServers(
            settings, self.supervisor, self._ports, search_attributes, dynamic_configuration
        )

    async def work(self, on_ready: Callable[[Addresses], Awaitable[None]] | None) -> None:
        await asyncio.to_thread(self.supervisor.stop_leftovers)
        self._state = RuntimeState(ports=self._state.ports, supervisor=ProcessRecord.of(os.getpid()))
        addresses = await self._start()
        self._tell(replace(self._state, addresses=addresses))
        _log.info("serving", api=addresses.api_url, engine=addresses.temporal_address)
        if on_ready is not None:
            await on_ready(addresses)
        await self.supervisor.wait()

    async def stop(self) -> None:
        await self.supervisor.stop()
        self._tell(RuntimeState(ports=self._known_ports()))

    async def _start(self) -> Addresses:
        # The secret is made once here, before several children look for it.
        self._settings.token_secret()
        settings = await self._servers.start()
        settings = await self._start_mailbox(settings)
        await self._start_own(self._processes.migrate, settings)
        for worker in self._processes.workers:
            await self._start_own(worker, settings, self._polled(worker))
        settings = settings.model_copy(update={"api_port": self._api_port()})
        url = settings.model_copy(update={"public_url": None}).public_address
        await self._start_own(self._processes.api, settings, lambda: asyncio.to_thread(answers_http, url))
        if self._processes.demo is not None:
            await self._start_own(self._processes.demo, settings)
        return _addresses(settings, self._servers.temporal_ui_url)

    async def _start_mailbox(self, settings: Settings) -> Settings:
        if settings.smtp_url is not None:
            return settings
        port = self._choose("mailbox", settings.mailbox_port, "mailbox_port", LOOPBACK)
        settings = settings.model_copy(
            update={
                "mailbox_host": LOOPBACK,
                "mailbox_port": port,
                "smtp_url": SecretStr(f"smtp://{LOOPBACK}:{port}"),
            }
        )
        await self._start_own(
            self._processes.mailbox, settings, lambda: asyncio.to_thread(answers_smtp, LOOPBACK, port)
        )
        return settings

    async def _start_own(
        self, process: OwnProcess, settings: Settings, ready: Callable[[], Awaitable[bool]] | None = None
    ) -> None:
        await self.supervisor.start(
            Service(
                name=process.name,
                command=process.command,
                environment=own_environment(settings),
                ready=ready,
                once=process.once,
                stop_seconds=20.0,
                ready_seconds=process.ready_seconds,
            )
        )

    def _polled(self, worker: OwnProcess) -> Callable[[], Awaitable[bool]] | None:
        temporal, queue = self._servers.temporal, worker.queue
        # Only the worker itself knows how to ask an outside engine; it retries until it is connected.
        if temporal is None or queue is None:
            return None
        return lambda: asyncio.to_thread(temporal.is_polled, queue)

    def _api_port(self) -> int:
        return self._choose("api", self._settings.api_port, "api_port", self._settings.api_host)

    def _choose(self, name: str, port: int, field: str, host: str) -> int:
        if field in self._settings.model_fields_set:
            return self._ports.insist(name, port, f"{PREFIX}{field.upper()}", host)
        return self._ports.choose(name, port, host)

    def _processes_changed(self, processes: Mapping[str, int]) -> None:
        self._tell(replace(self._state, processes=processes, ports=self._known_ports()))

    def _known_ports(self) -> dict[str, int]:
        return {**self._state.ports, **self._ports.chosen}

    def _tell(self, state: RuntimeState) -> None:
        self._state = state
        state.write(self._settings.state_directory)


def _addresses(settings: Settings, temporal_ui_url: str | None) -> Addresses:
    if settings.database_url is None or settings.temporal_address is None or settings.smtp_url is None:
        raise AssertionError("every server has been started")
    return Addresses(
        database_url=settings.database_url.get_secret_value(),
        temporal_address=settings.temporal_address,
        temporal_ui_url=temporal_ui_url,
        smtp_url=settings.smtp_url.get_secret_value(),
        api_url=settings.public_address,
    )
