"""The long-running commands as processes of their own: they start, do their work, and stop when told."""

import asyncio
import os
import signal
import smtplib
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client, WorkflowExecutionStatus
from temporalio.service import RPCError

from service.runtime.mailbox import list_messages
from service.runtime.ports import any_free_port
from service.temporal.relay import RELAY_ID
from tests.fixtures.agency import build_agency
from tests.service.cli.conftest import CommandLine
from tests.workflows.launches import NEXT_YEAR

pytestmark = [pytest.mark.database, pytest.mark.engine]

Process = asyncio.subprocess.Process


@asynccontextmanager
async def running(kinerja: CommandLine, *arguments: str, **variables: str) -> AsyncIterator[Process]:
    """A command as a process; it must end with 0 when it is told to stop."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KINERJA_")}
    more = {f"KINERJA_{name}": value for name, value in variables.items()}
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "service.cli", *arguments, env={**kept, **kinerja.environment, **more}
    )
    try:
        yield process
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 30) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def soon(is_so: Callable[[], bool], seconds: float = 20) -> None:
    for _ in range(int(seconds / 0.1)):
        if await asyncio.to_thread(is_so):
            return
        await asyncio.sleep(0.1)
    raise AssertionError("it did not come to that in time")


async def healthy(kinerja: CommandLine, *arguments: str, **variables: str) -> None:
    for _ in range(100):
        if (await kinerja("health", *arguments, **variables)).code == 0:
            return
        await asyncio.sleep(0.2)
    raise AssertionError("it did not become healthy in time")


async def test_a_worker_launches_a_cycle_and_stops_when_told(
    kinerja: CommandLine, database: AsyncEngine
) -> None:
    await build_agency(database, year=NEXT_YEAR)
    async with running(kinerja, "worker", "--queue", "appraisal"):
        await healthy(kinerja, "worker", "--queue", "appraisal")
        launched = await kinerja("cycle", "launch")
    assert launched.code == 0


async def test_a_worker_for_notices_keeps_the_relay_running(kinerja: CommandLine, client: Client) -> None:
    port = any_free_port()
    smtp = f"smtp://127.0.0.1:{port}"
    async with running(kinerja, "worker", "--queue", "notify", SMTP_URL=smtp):
        await healthy(kinerja, "worker", "--queue", "notify")
        relay = client.get_workflow_handle(RELAY_ID)
        assert (await relay.describe()).status is WorkflowExecutionStatus.RUNNING
    try:
        await relay.terminate("end of the test")
    except RPCError as gone:
        raise AssertionError("the relay ended with its worker") from gone


async def test_a_worker_waits_for_an_engine_that_is_not_there_yet(kinerja: CommandLine) -> None:
    late = f"127.0.0.1:{any_free_port()}"
    async with running(kinerja, "worker", "--queue", "appraisal", TEMPORAL_ADDRESS=late) as process:
        await asyncio.sleep(3)
        assert process.returncode is None


async def test_a_mailbox_takes_mail_until_told_to_stop(kinerja: CommandLine, tmp_path: Path) -> None:
    port, directory = any_free_port(), tmp_path / "mail"
    variables = {"MAILBOX_PORT": str(port), "MAILBOX_DIRECTORY": str(directory)}

    def send() -> None:
        with smtplib.SMTP("127.0.0.1", port) as server:
            server.sendmail("a@contoh.example", ["b@contoh.example"], "Subject: Halo\n\nIsi\n")

    async with running(kinerja, "mailbox", **variables):
        await healthy(kinerja, "mailbox", **variables)
        await asyncio.to_thread(send)
        await soon(lambda: len(list_messages(directory)) == 1)


async def test_a_mailbox_whose_port_is_taken_says_so(kinerja: CommandLine) -> None:
    server = await asyncio.start_server(lambda _reader, _writer: None, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "service.cli",
        "--language",
        "en",
        "mailbox",
        env={**os.environ, **kinerja.environment, "KINERJA_MAILBOX_PORT": str(port)},
        stderr=asyncio.subprocess.PIPE,
    )
    _, said = await process.communicate()
    server.close()
    assert process.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in said.decode()


@pytest.mark.parametrize("part", ("api", "mailbox"))
async def test_what_does_not_run_is_not_healthy(kinerja: CommandLine, part: str) -> None:
    port = str(any_free_port())
    answer = await kinerja("health", part, API_PORT=port, MAILBOX_PORT=port)
    assert (answer.code, port in answer.err) == (1, True)


async def test_a_queue_that_nobody_serves_is_not_healthy(kinerja: CommandLine, client: Client) -> None:
    answer = await kinerja("health", "worker", "--queue", "notify", TEMPORAL_NAMESPACE="none-such")
    assert (answer.code, bool(answer.err.strip())) == (1, True)


async def test_a_command_that_used_the_engine_ends_without_a_crash(kinerja: CommandLine) -> None:
    """Threads of the engine's client, still running at the end, used to abort a process now and then."""
    for _ in range(4):
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "service.cli",
            "migrate",
            env={**os.environ, **kinerja.environment},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        said, complained = await process.communicate()
        assert (process.returncode, complained) == (0, b"")
        assert len(said.decode().splitlines()) == 2


@pytest.mark.parametrize(
    ("script", "code", "told"),
    (
        ("lambda: sys.exit(2)", 2, ""),
        ("lambda: sys.exit('sorry')", 1, ""),
        ("lambda: 1 / 0", 1, "ZeroDivisionError"),
        ("lambda: print('done')", 0, ""),
    ),
)
@pytest.mark.parametrize("loaded", ("sys", "temporalio.client"))
async def test_the_exit_code_and_what_was_printed_survive(
    script: str, code: int, told: str, loaded: str
) -> None:
    program = f"import sys, {loaded}; from service.cli.exiting import run_and_leave; run_and_leave({script})"
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        program,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complained = await process.communicate()
    assert process.returncode == code
    assert told in complained.decode()
    assert said.decode().strip() == ("done" if "done" in script else "")
