"""What may befall the engine, each with its beginning and its end. All are used from the main thread."""

import errno
import os
import shutil
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.chaos.installation import Installation
from tests.chaos.scene import command

_DISK_MEGABYTES = 256
_BLOCK = b"\0" * (1 << 20)


class Fault(ABC):
    """Something that befalls the engine for a while."""

    name: str
    tears_runs = False
    """Whether runs that were under way may be at odds with what a worker remembers of them: only new ones are sound."""

    @contextmanager
    def around(self, engine_directory: Path) -> Iterator[None]:
        """What must surround the whole installation."""
        yield

    def prepare(self, installation: Installation) -> None:  # noqa: B027  # most need nothing
        """What happens while everything is well, some time before."""

    @abstractmethod
    def begin(self, installation: Installation) -> None:
        """From now on the engine does not work."""

    @abstractmethod
    def end(self, installation: Installation) -> None:
        """The engine is back."""


class EngineKilled(Fault):
    """The process is killed and not started for a while."""

    name = "engine killed"

    def begin(self, installation: Installation) -> None:
        """Kills it."""
        installation.temporal.process.kill()

    def end(self, installation: Installation) -> None:
        """Starts it on what it has on disk."""
        installation.temporal.process.start()


class WorkerFrozen(Fault):
    """Every worker hangs, with all its connections open."""

    name = "worker frozen"

    def begin(self, installation: Installation) -> None:
        """SIGSTOP."""
        for worker in installation.workers:
            worker.freeze()

    def end(self, installation: Installation) -> None:
        """SIGCONT."""
        for worker in installation.workers:
            worker.thaw()


class EngineDiskFull(Fault):
    """The engine's store lies on a small disk of its own (a tmpfs), which something else fills up."""

    name = "engine's disk full"
    restarted = False
    """Whether the engine had to be started again once there was room."""

    @contextmanager
    def around(self, engine_directory: Path) -> Iterator[None]:
        """Mounts the disk; PermissionError for somebody who may not."""
        engine_directory.mkdir(parents=True)
        size = f"size={_DISK_MEGABYTES}m"
        mounted = subprocess.run(
            ("mount", "-t", "tmpfs", "-o", size, "tmpfs", str(engine_directory)),
            capture_output=True,
            text=True,
            check=False,
        )
        if mounted.returncode != 0:
            raise PermissionError(mounted.stderr.strip())
        try:
            yield
        finally:
            subprocess.run(("umount", "-l", str(engine_directory)), check=False)

    def begin(self, installation: Installation) -> None:
        """Writes until there is no room."""
        with self._filler(installation).open("wb", buffering=0) as file:
            for block in (_BLOCK, b"\0" * 512):
                for _ in range(_DISK_MEGABYTES * 4_096):
                    try:
                        file.write(block)
                    except OSError as error:
                        if error.errno != errno.ENOSPC:
                            raise
                        break

    def end(self, installation: Installation) -> None:
        """Makes room; the engine is started again only if it does not answer."""
        self._filler(installation).unlink()
        if not installation.temporal.server.is_ready():
            self.restarted = True
            installation.temporal.process.restart()

    def _filler(self, installation: Installation) -> Path:
        return installation.temporal.server.database.parent / "filler"


class EngineStoreDeleted(Fault):
    """The engine forgets everything."""

    name = "engine's store deleted"

    def begin(self, installation: Installation) -> None:
        """Kills the engine and deletes its files."""
        installation.temporal.process.kill()
        for file in _store(installation):
            file.unlink()

    def end(self, installation: Installation) -> None:
        """Starts it empty, and brings it in line."""
        installation.temporal.process.start()
        _reconcile(installation)


@dataclass
class EngineStoreOlder(Fault):
    """The engine's store is put back as it was some time ago."""

    name = "engine's store older"
    tears_runs = True
    _copies: list[tuple[Path, Path]] = field(default_factory=list)

    def prepare(self, installation: Installation) -> None:
        """Copies the store while nobody writes it."""
        process = installation.temporal.process
        process.kill()
        kept = installation.temporal.server.database.parent / "kept"
        kept.mkdir()
        self._copies = [(file, kept / file.name) for file in _store(installation)]
        for file, copy in self._copies:
            shutil.copy2(file, copy)
        process.start()

    def begin(self, installation: Installation) -> None:
        """Kills the engine and puts the copy back."""
        installation.temporal.process.kill()
        for file in _store(installation):
            file.unlink()
        for file, copy in self._copies:
            shutil.copy2(copy, file)

    def end(self, installation: Installation) -> None:
        """Starts it, and brings it in line."""
        installation.temporal.process.start()
        _reconcile(installation)


def _store(installation: Installation) -> list[Path]:
    database = installation.temporal.server.database
    return [database.parent / name for name in os.listdir(database.parent) if name.startswith(database.name)]


def _reconcile(installation: Installation) -> None:
    done = command(installation, "reconcile")
    print(f"  reconcile: {(done.stdout or done.stderr).strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stdout + done.stderr
