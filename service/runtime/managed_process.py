import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psutil

from service.runtime.bound_child import bound_command
from service.runtime.process_record import ProcessRecord, kill_group

_LARGEST_LOG_BYTES = 10_000_000


@dataclass(frozen=True)
class Service:
    """A process to be kept running: what to start, how to know that it works, how to end it."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    ready: Callable[[], Awaitable[bool]] | None = None
    once: bool = False  # it does its work and ends by itself; the next service starts after that
    user: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10.0  # grace between the stop signal and SIGKILL
    ready_seconds: float = 30.0


@dataclass(frozen=True)
class ManagedProcess:
    """A running process of a service. It leads its own process group and is recorded in a file."""

    service: Service
    process: asyncio.subprocess.Process
    record_file: Path

    @classmethod
    async def start(cls, service: Service, log_directory: Path, record_directory: Path) -> Self:
        """Starts the service and appends its output to <name>.log. The service ends when this process ends."""
        command = bound_command(
            service.command, parent=os.getpid(), death_signal=service.stop_signal, user=service.user
        )
        with open_log(log_directory / f"{service.name}.log") as log:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=asyncio.subprocess.STDOUT,
                env=dict(service.environment),
                start_new_session=True,
            )
        managed = cls(service, process, record_directory / f"{service.name}.json")
        try:
            ProcessRecord.of(process.pid, service.stop_signal).write(managed.record_file)
        except psutil.NoSuchProcess:
            # The process has ended already; its exit code is seen when it is awaited.
            managed.record_file.unlink(missing_ok=True)
        return managed

    @property
    def ended(self) -> bool:
        """Whether the process has ended."""
        return self.process.returncode is not None

    async def stop(self, hurry: asyncio.Event) -> None:
        """Ends the process by its stop signal, or by SIGKILL after its grace or as soon as `hurry` is set."""
        if not self.ended:
            self.process.send_signal(self.service.stop_signal)
            waits = [asyncio.create_task(self.process.wait()), asyncio.create_task(hurry.wait())]
            await asyncio.wait(waits, timeout=self.service.stop_seconds, return_when=asyncio.FIRST_COMPLETED)
            waits[1].cancel()
            if not self.ended:
                kill_group(self.process.pid)
            await waits[0]
        self.record_file.unlink(missing_ok=True)

    async def kill(self) -> None:
        """Ends the process and its group at once."""
        kill_group(self.process.pid)
        await self.process.wait()
        self.record_file.unlink(missing_ok=True)


@contextmanager
def open_log(path: Path) -> Iterator[int]:
    """Opens a log for appending and gives its descriptor. A log over 10 MB is first renamed to <name>.log.1."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > _LARGEST_LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def last_lines(path: Path, count: int = 15) -> str:
    """The end of a log, for a message; empty if the log does not exist."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 8192))
        return "\n".join(file.read().decode(errors="replace").splitlines()[-count:])
