import asyncio
import contextlib
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import structlog

from service.runtime.managed_process import ManagedProcess, Service, last_lines
from service.runtime.problems import StartFailed
from service.runtime.process_record import ProcessRecord, kill_group

_SHORTEST_DELAY_SECONDS = 0.2
_LONGEST_DELAY_SECONDS = 5.0
_STEADY_SECONDS = 60.0
_POLL_SECONDS = 0.05

_log = structlog.get_logger(__name__)


class Supervisor:
    """Starts services one after another, restarts those that end by themselves, stops all in reverse order.

    `on_change` is called with all process ids by name whenever one of them changes.
    """

    def __init__(self, directory: Path, on_change: Callable[[Mapping[str, int]], None] | None = None) -> None:
        self._logs = directory / "log"
        self._records = directory / "run"
        self._on_change = on_change
        self._running: dict[str, ManagedProcess] = {}
        self._watches: list[asyncio.Task[None]] = []
        self._hurry = asyncio.Event()

    def stop_leftovers(self) -> list[str]:
        """Ends the processes that a killed supervisor of this directory left running. Returns their names."""
        stopped = []
        for file in sorted(self._records.glob("*.json")):
            record = ProcessRecord.read(file)
            if record.stop(grace_seconds=10):
                _log.warning("leftover_stopped", service=file.stem, pid=record.pid)
                stopped.append(file.stem)
            file.unlink()
        return stopped

    async def start(self, service: Service) -> None:
        """Starts a service and returns once it is ready. A service that runs once must have ended with success.

        Raises StartFailed, with the end of its log, if it fails or is not ready in time.
        """
        managed = await self._launch(service)
        if service.once:
            await self._finish(managed)
            return
        await self._until_ready(managed)
        _log.info("service_ready", service=service.name, pid=managed.process.pid)
        self._watches.append(asyncio.create_task(self._watch(managed), name=f"watch {service.name}"))

    async def stop(self) -> None:
        """Stops every service, the last started first. Each gets its own grace."""
        for watch in self._watches:
            watch.cancel()
        await asyncio.gather(*self._watches, return_exceptions=True)
        self._watches.clear()
        for name, managed in reversed(list(self._running.items())):
            await managed.stop(self._hurry)
            del self._running[name]
            self._tell()
            _log.info("service_stopped", service=name)

    def hurry(self) -> None:
        """Ends the grace of a stop that is under way."""
        self._hurry.set()

    async def wait(self) -> None:
        """Waits while services are watched. Raises the error that ended a watch: a fault of kinerja itself."""
        while self._watches:
            done, _ = await asyncio.wait(self._watches, return_when=asyncio.FIRST_COMPLETED)
            for watch in done:
                self._watches.remove(watch)
                if not watch.cancelled():
                    watch.result()

    async def _launch(self, service: Service) -> ManagedProcess:
        managed = await ManagedProcess.start(service, self._logs, self._records)
        self._running[service.name] = managed
        self._tell()
        return managed

    async def _finish(self, managed: ManagedProcess) -> None:
        service = managed.service
        try:
            async with asyncio.timeout(service.ready_seconds):
                code = await managed.process.wait()
        except TimeoutError:
            raise self._failure(service, f"has not ended within {service.ready_seconds:g} seconds") from None
        if code != 0:
            raise self._failure(service, f"ended with {_ending(code)}")
        managed.record_file.unlink(missing_ok=True)
        del self._running[service.name]
        self._tell()

    async def _until_ready(self, managed: ManagedProcess) -> None:
        service = managed.service
        deadline = time.monotonic() + service.ready_seconds
        while not managed.ended:
            if service.ready is None or await service.ready():
                return
            if time.monotonic() > deadline:
                raise self._failure(service, f"was not ready within {service.ready_seconds:g} seconds")
            await asyncio.sleep(_POLL_SECONDS)
        code = await managed.process.wait()
        raise self._failure(service, f"ended with {_ending(code)} before it was ready")

    async def _watch(self, managed: ManagedProcess) -> None:
        service, delay, ready_at = managed.service, _SHORTEST_DELAY_SECONDS, time.monotonic()
        while True:
            code = await managed.process.wait()
            # Processes that the service itself started would still hold its port and its locks.
            kill_group(managed.process.pid)
            if time.monotonic() - ready_at > _STEADY_SECONDS:
                delay = _SHORTEST_DELAY_SECONDS
            _log.warning(
                "service_crashed",
                service=service.name,
                ended_with=_ending(code),
                restart_in_seconds=delay,
                log=str(self._log_file(service)),
            )
            await asyncio.sleep(delay)
            delay = min(delay * 2, _LONGEST_DELAY_SECONDS)
            managed = await self._launch(service)
            try:
                await self._until_ready(managed)
            except StartFailed as failure:
                _log.warning("service_not_restarted", service=service.name, error=str(failure))
                await managed.kill()
            else:
                ready_at = time.monotonic()
                _log.info("service_restarted", service=service.name, pid=managed.process.pid)

    def _tell(self) -> None:
        if self._on_change is not None:
            self._on_change({name: managed.process.pid for name, managed in self._running.items()})

    def _log_file(self, service: Service) -> Path:
        return self._logs / f"{service.name}.log"

    def _failure(self, service: Service, what: str) -> StartFailed:
        file = self._log_file(service)
        return StartFailed(f"{service.name} {what}. The end of {file}:\n{last_lines(file)}")


def _ending(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    with contextlib.suppress(ValueError):
        return signal.Signals(-code).name
    return f"signal {-code}"
