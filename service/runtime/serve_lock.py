import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.runtime.problems import AlreadyServing


@contextmanager
def only_one(state_directory: Path) -> Iterator[None]:
    """Reserves a state directory for this process. Raises AlreadyServing if another process holds it.

    The kernel frees it when this process ends, even by a crash.
    """
    state_directory.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(state_directory / "serve.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(descriptor, 32).decode().strip() or "unknown"
            raise AlreadyServing(
                f"Process {holder} already serves from {state_directory}. Stop it first, or set "
                "KINERJA_STATE_DIRECTORY to another directory."
            ) from None
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(descriptor)
