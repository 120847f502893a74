import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

import pytest
import structlog

from service.runtime.managed_process import Service, last_lines, open_log
from service.runtime.problems import StartFailed
from service.runtime.process_record import ProcessRecord
from service.runtime.supervisor import Supervisor
from tests.service.runtime.processes import eventually, is_running, processes_on

ENVIRONMENT = {"PATH": os.environ["PATH"]}


class Watched:
    """A supervisor and what it told."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.pids: Mapping[str, int] = {}
        self.supervisor = Supervisor(directory / "var", self._changed)

    def _changed(self, pids: Mapping[str, int]) -> None:
        self.pids = pids

    def log(self, name: str) -> str:
        return (self.directory / "var" / "log" / f"{name}.log").read_text()

    async def up(self, name: str) -> None:
        await until(lambda: self.log(name) == "up\n")

    def shell(self, name: str, script: str, **choices: object) -> Service:
        command = ("sh", "-c", f": {self.directory}; {script}")
        return Service(name=name, command=command, environment=ENVIRONMENT, **choices)  # type: ignore[arg-type]


@pytest.fixture
async def watched(tmp_path: Path) -> AsyncIterator[Watched]:
    watched = Watched(tmp_path)
    yield watched
    watched.supervisor.hurry()
    await watched.supervisor.stop()
    assert processes_on(tmp_path) == []


async def until(condition: Callable[[], bool]) -> None:
    assert await asyncio.to_thread(eventually, condition)


SLEEP = "while :; do sleep 0.05; done"


async def test_a_service_is_started_and_its_output_kept(watched: Watched) -> None:
    await watched.supervisor.start(watched.shell("one", f"echo hello; echo trouble >&2; {SLEEP}"))
    await until(lambda: watched.log("one") == "hello\ntrouble\n")
    assert is_running(watched.pids["one"])


async def test_the_next_service_starts_only_when_the_one_before_is_ready(watched: Watched) -> None:
    marker = watched.directory / "marker"

    async def ready() -> bool:
        return marker.exists()

    await watched.supervisor.start(watched.shell("slow", f"sleep 0.3; touch {marker}; {SLEEP}", ready=ready))
    assert marker.exists()


async def test_a_service_leads_a_process_group_of_its_own(watched: Watched) -> None:
    await watched.supervisor.start(watched.shell("one", SLEEP))
    assert os.getpgid(watched.pids["one"]) == watched.pids["one"]


async def test_a_service_sees_only_the_environment_it_was_given(watched: Watched) -> None:
    await watched.supervisor.start(watched.shell("env", "env", once=True))
    assert "HOME=" not in watched.log("env")


async def test_a_service_that_crashes_is_started_again_and_the_crash_told(watched: Watched) -> None:
    await watched.supervisor.start(watched.shell("one", SLEEP))
    first = watched.pids["one"]
    with structlog.testing.capture_logs() as lines:
        os.kill(first, signal.SIGKILL)
        await until(lambda: watched.pids["one"] != first)
    assert is_running(watched.pids["one"])
    crash = next(line for line in lines if line["event"] == "service_crashed")
    assert crash["ended_with"] == "SIGKILL"
    assert crash["restart_in_seconds"] == 0.2
    assert crash["log"].endswith("var/log/one.log")


async def test_a_service_that_keeps_crashing_is_started_ever_more_rarely(watched: Watched) -> None:
    with structlog.testing.capture_logs() as lines:
        await watched.supervisor.start(watched.shell("flappy", "exit 7"))
        await until(lambda: sum(line["event"] == "service_crashed" for line in lines) == 3)
    crashes = [line for line in lines if line["event"] == "service_crashed"]
    assert [line["restart_in_seconds"] for line in crashes] == [0.2, 0.4, 0.8]
    assert crashes[0]["ended_with"] == "exit code 7"


async def test_a_restarted_service_that_does_not_get_ready_is_tried_again(watched: Watched) -> None:
    allowed = watched.directory / "allowed"
    allowed.touch()

    async def ready() -> bool:
        return allowed.exists()

    await watched.supervisor.start(watched.shell("one", SLEEP, ready=ready, ready_seconds=0.2))
    allowed.unlink()
    with structlog.testing.capture_logs() as lines:
        os.kill(watched.pids["one"], signal.SIGKILL)
        await until(lambda: any(line["event"] == "service_not_restarted" for line in lines))
        allowed.touch()
        await until(lambda: any(line["event"] == "service_restarted" for line in lines))
    assert is_running(watched.pids["one"])


async def test_children_that_a_crashed_service_left_are_ended(watched: Watched) -> None:
    file = watched.directory / "grandchild"
    await watched.supervisor.start(watched.shell("one", f"sleep 60 & echo $! > {file}; {SLEEP}"))
    await until(lambda: file.exists() and file.read_text() != "")
    grandchild = int(file.read_text())
    os.kill(watched.pids["one"], signal.SIGKILL)
    await until(lambda: not is_running(grandchild))


async def test_a_service_that_ends_before_it_is_ready_fails_the_start_with_its_log(watched: Watched) -> None:
    async def never() -> bool:
        return False

    with pytest.raises(
        StartFailed, match=r"(?s)one ended with exit code 3 before it was ready.*no such table"
    ):
        await watched.supervisor.start(watched.shell("one", "echo no such table; exit 3", ready=never))


async def test_a_service_that_never_gets_ready_fails_the_start(watched: Watched) -> None:
    async def never() -> bool:
        return False

    with pytest.raises(StartFailed, match=r"one was not ready within 0\.2 seconds"):
        await watched.supervisor.start(watched.shell("one", SLEEP, ready=never, ready_seconds=0.2))


async def test_a_program_that_is_not_there_fails_the_start(watched: Watched) -> None:
    service = Service("gone", ("/no/such/program",), ENVIRONMENT, once=True)
    with pytest.raises(StartFailed, match="/no/such/program cannot be started"):
        await watched.supervisor.start(service)


async def test_a_task_that_runs_once_has_ended_when_the_next_starts(watched: Watched) -> None:
    await watched.supervisor.start(watched.shell("migrate", "sleep 0.2; echo done", once=True))
    assert watched.log("migrate") == "done\n"
    assert watched.pids == {}


@pytest.mark.parametrize(
    ("script", "complaint"), (("exit 3", "exit code 3"), ("sleep 60", r"has not ended within 0\.2 seconds"))
)
async def test_a_task_that_fails_fails_the_start(watched: Watched, script: str, complaint: str) -> None:
    with pytest.raises(StartFailed, match=complaint):
        await watched.supervisor.start(watched.shell("migrate", script, once=True, ready_seconds=0.2))


async def test_services_are_stopped_in_reverse_order_by_their_signals(watched: Watched) -> None:
    order = watched.directory / "order"
    for name, sign, number in (("database", "INT", signal.SIGINT), ("api", "TERM", signal.SIGTERM)):
        script = f"trap 'echo {name} >> {order}; exit' {sign}; echo up; {SLEEP}"
        await watched.supervisor.start(watched.shell(name, script, stop_signal=number))
        await watched.up(name)
    await watched.supervisor.stop()
    assert order.read_text() == "api\ndatabase\n"
    assert watched.pids == {}
    assert list((watched.directory / "var" / "run").iterdir()) == []


async def test_a_service_that_does_not_stop_in_time_is_killed(watched: Watched) -> None:
    await watched.supervisor.start(watched.shell("deaf", f"trap '' TERM; echo up; {SLEEP}", stop_seconds=0.2))
    await watched.up("deaf")
    pid = watched.pids["deaf"]
    await watched.supervisor.stop()
    assert not is_running(pid)


async def test_hurrying_takes_the_grace_away(watched: Watched) -> None:
    await watched.supervisor.start(watched.shell("deaf", f"trap '' TERM; echo up; {SLEEP}", stop_seconds=60))
    await watched.up("deaf")
    stopping = asyncio.create_task(watched.supervisor.stop())
    await asyncio.sleep(0.1)
    assert not stopping.done()
    watched.supervisor.hurry()
    async with asyncio.timeout(2):
        await stopping


async def test_a_stop_during_the_wait_before_a_restart_starts_nothing(watched: Watched) -> None:
    with structlog.testing.capture_logs() as lines:
        await watched.supervisor.start(watched.shell("flappy", "exit 1"))
        await until(lambda: any(line["event"] == "service_crashed" for line in lines))
        await watched.supervisor.stop()
    assert watched.pids == {}


async def test_what_a_killed_supervisor_left_running_is_stopped(watched: Watched) -> None:
    left = await asyncio.create_subprocess_exec("sleep", "60", start_new_session=True)
    ProcessRecord.of(left.pid).write(watched.directory / "var" / "run" / "worker.json")
    stopping = asyncio.to_thread(watched.supervisor.stop_leftovers)
    assert await stopping == ["worker"]
    assert await left.wait() is not None
    assert list((watched.directory / "var" / "run").iterdir()) == []


async def test_a_record_of_a_process_that_is_gone_is_forgotten(watched: Watched) -> None:
    record = watched.directory / "var" / "run" / "worker.json"
    record.parent.mkdir(parents=True)
    record.write_text(json.dumps({"pid": os.getpid(), "started": 1.0, "stop_signal": 15}))
    assert watched.supervisor.stop_leftovers() == []
    assert not record.exists()


def test_a_log_that_has_grown_large_is_set_aside(tmp_path: Path) -> None:
    log = tmp_path / "api.log"
    log.write_bytes(b"x" * 10_000_001)
    with open_log(log) as descriptor:
        os.write(descriptor, b"fresh\n")
    assert log.read_text() == "fresh\n"
    assert (tmp_path / "api.log.1").stat().st_size == 10_000_001
    assert log.stat().st_mode & 0o777 == 0o600


def test_the_end_of_a_log_is_short(tmp_path: Path) -> None:
    log = tmp_path / "api.log"
    assert last_lines(log) == ""
    log.write_text("\n".join(str(number) for number in range(5000)))
    assert last_lines(log, 2) == "4998\n4999"
