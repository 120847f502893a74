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

# Start times are derived from the clock, which may have been set meanwhile.
_TOLERANCE_SECONDS = 5.0


@dataclass(frozen=True)
class ProcessRecord:
    """A process that can be recognised later: a number alone may by then belong to somebody else."""

    pid: int
    started: float  # seconds since 1970, as the operating system tells
    stop_signal: int = signal.SIGTERM

    @classmethod
    def of(cls, pid: int, stop_signal: int = signal.SIGTERM) -> Self:
        """The record of a process that runs now; psutil.NoSuchProcess when it has ended."""
        return cls(pid, psutil.Process(pid).create_time(), int(stop_signal))

    @classmethod
    def read(cls, path: Path) -> Self:
        """The record kept in `path`."""
        return cls(**json.loads(path.read_text()))

    def write(self, path: Path) -> None:
        """Keeps the record in `path`."""
        write_atomically(path, json.dumps(asdict(self)))

    def process(self) -> psutil.Process | None:
        """The process while it still runs, else None."""
        try:
            process = psutil.Process(self.pid)
            same = abs(process.create_time() - self.started) <= _TOLERANCE_SECONDS
            return process if same and process.status() != psutil.STATUS_ZOMBIE else None
        except psutil.NoSuchProcess:
            return None

    def stop(self, grace_seconds: float) -> bool:
        """Ends the process by its own signal, after the grace by SIGKILL; False when it no longer ran."""
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
        # Not psutil's wait: that one also waits until somebody has collected the exit code.
        deadline = time.monotonic() + seconds
        while self.process() is not None:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True


def kill_group(leader: int) -> None:
    """Kills every process of the group that `leader` leads; none being left is fine."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)
