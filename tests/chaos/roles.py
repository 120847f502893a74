"""kinerja's own processes, each to be killed and started again."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from service.runtime.bound_child import bound_command
from service.runtime.managed_process import open_log
from service.runtime.process_record import kill_group

_LISTENS_WITHIN_SECONDS = 30.0


@dataclass
class Role:
    """One `kinerja` command, or another module, as a process.

    Start it from the main thread: the kernel ends it with the thread that started it.
    """

    arguments: tuple[str, ...]
    settings: Mapping[str, str]
    log: Path
    module: str = "service.cli"
    deaths: int = 0
    """How often it ended although nobody killed it."""
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Starts the process; it may still be on its way up when this returns."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("KINERJA_")}
        command = (sys.executable, "-m", self.module, *self.arguments)
        with open_log(self.log) as log:
            self._process = subprocess.Popen(
                bound_command(command, parent=os.getpid(), death_signal=signal.SIGKILL),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                env={**kept, **self.settings},
                start_new_session=True,
            )

    def kill(self) -> None:
        """kill -9."""
        if self._process is not None:
            kill_group(self._process.pid)
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        """Stops the process and all that it started, as a machine that hangs does: its connections stay open."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Lets it go on."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is None:
            raise RuntimeError("nothing runs")
        os.killpg(self._process.pid, number)

    def watch(self) -> None:
        """Starts the process again if it ended by itself, as whoever runs it in production does."""
        if self._process is not None and self._process.poll() is not None:
            self.deaths += 1
            self._process = None
            self.start()


def until_listening(address: str) -> None:
    """Returns once the API at ``address`` answers; TimeoutError if it does not in time."""
    deadline = time.monotonic() + _LISTENS_WITHIN_SECONDS
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/health/ready", timeout=5):  # noqa: S310  # our own
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise TimeoutError(f"{address} is not ready")
