import contextlib
import json
import os
import signal
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import psutil

from service.runtime.atomic_file import write_atomically
from service.runtime.problems import RuntimeProblem

# The operating system computes start times from the clock, which may have been set since.
_TOLERANCE_SECONDS = 5.0


@dataclass(frozen=True)
class ProcessRecord:
    """A process that can be recognised later. Its id alone is not enough: another process may get it."""

    pid: int
    started: float  # seconds since 1970, as the operating system reports
    stop_signal: int = signal.SIGTERM

    @classmethod
    def of(cls, pid: int, stop_signal: int = signal.SIGTERM) -> Self:
        """The record of a process that runs now. Raises psutil.NoSuchProcess if it has ended."""
        return cls(pid, psutil.Process(pid).create_time(), int(stop_signal))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Reads the record from `path`."""
        return cls(**json.loads(path.read_text()))

    def write(self, path: Path) -> None:
        """Writes the record to `path`."""
        write_atomically(path, json.dumps(asdict(self)))

    def process(self) -> psutil.Process | None:
        """The process if it still runs, else None."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.started) <= _TOLERANCE_SECONDS
            return process if same and process.status() != psutil.STATUS_ZOMBIE else None
        except psutil.NoSuchProcess:
            return None

    def stop(self, grace_seconds: float) -> bool:
        """Ends the process by its stop signal, or by SIGKILL after the grace. False if it no longer ran."""
        process = self.process()
        if process is None:
            return False
        with contextlib.suppress(psutil.NoSuchProcess):
            process.send_signal(self.stop_signal)
        if not self._ends_within(grace_seconds):
            kill_group(self.pid)
            if not self._ends_within(grace_seconds):
                raise RuntimeProblem(
                    f"Process {self.pid} of an earlier run cannot be ended, not even by kill -9."
                )
        return True

    def _ends_within(self, seconds: float) -> bool:
        # psutil's own wait does not fit: it also waits until the exit code has been collected.
        deadline = time.monotonic() + seconds
        while self.process() is not None:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True


def kill_group(leader: int) -> None:
    """Kills every process of the group that `leader` leads. It is no error if none is left."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)
