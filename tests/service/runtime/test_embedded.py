import json
import os
import signal
import smtplib
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import psutil
import pytest
from temporalio.client import Client

from service.runtime.mailbox import list_messages
from service.runtime.ports import any_free_port
from service.runtime.probes import answers_http
from service.runtime.state import RuntimeState
from tests.service.runtime.processes import eventually, is_running, processes_on
from tests.service.runtime.sql import sql

SCRIPT = Path(__file__).parent / "serve_stand_ins.py"
ROOT = Path(__file__).parents[3]


class Kinerja:
    """A `serve` with stand-ins for kinerja's own processes, on ports that nobody else uses."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.variables: dict[str, str] = {}
        self._process: subprocess.Popen[str] | None = None
        names = ("postgres", "temporal", "temporal-ui", "mailbox", "api")
        RuntimeState(ports={name: any_free_port() for name in names}).write(directory)

    @property
    def state(self) -> RuntimeState:
        return RuntimeState.read(self.directory)

    @property
    def process(self) -> subprocess.Popen[str]:
        assert self._process is not None
        return self._process

    def launch(self, *arguments: str) -> IO[str]:
        settings = {"PYTHONPATH": str(ROOT), "KINERJA_STATE_DIRECTORY": str(self.directory)}
        with (self.directory / "serve.stderr").open("w") as stderr:
            self._process = subprocess.Popen(
                (sys.executable, str(SCRIPT), *arguments),
                cwd=ROOT,
                env=os.environ | settings | self.variables,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
            )
        assert self._process.stdout is not None
        return self._process.stdout

    def start(self) -> dict[str, Any]:
        line = self.launch().readline()
        assert line, self.said
        addresses: dict[str, Any] = json.loads(line)
        return addresses

    @property
    def said(self) -> str:
        return (self.directory / "serve.stderr").read_text()

    def kill(self, name: str) -> None:
        """Kills one of its processes and returns once another one has taken its place."""
        before = self.state.processes[name]
        psutil.Process(before).kill()
        assert eventually(lambda: self.state.processes[name] != before), self.said

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(how)
        return self.ended()

    def ended(self) -> int:
        code = self.process.wait(40)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


@pytest.fixture
def kinerja(tmp_path: Path) -> Iterator[Kinerja]:
    kinerja = Kinerja(tmp_path / "var")
    yield kinerja
    if kinerja._process is not None and kinerja.process.poll() is None:
        kinerja.stop()
    assert eventually(lambda: processes_on(tmp_path) == [])


async def starts_recorded(url: str) -> int:
    count: int = await sql(url, "SELECT count(*) FROM started")
    return count


async def test_everything_starts_answers_stops_and_is_found_again_at_the_next_start(kinerja: Kinerja) -> None:
    first = kinerja.start()
    assert answers_http(first["api_url"])
    assert await starts_recorded(first["database_url"]) == 1
    client = await Client.connect(first["temporal_address"])
    await client.start_workflow("Kept", id="kept", task_queue="nobody")
    assert (await client.count_workflows("Stage = 'rating'")).count == 0
    host, port = first["smtp_url"].removeprefix("smtp://").split(":")
    with smtplib.SMTP(host, int(port)) as mail:
        mail.sendmail("a@example.go.id", ["b@example.go.id"], "Subject: tersimpan\n\nhalo")
    running = kinerja.state
    assert list(running.processes) == ["postgres", "temporal", "mailbox", "worker-appraisal", "api"]
    assert running.is_serving

    assert kinerja.stop() == 0
    assert not any(is_running(pid) for pid in running.processes.values())
    assert not kinerja.state.is_serving
    assert kinerja.state.addresses is None

    second = kinerja.start()
    assert second == first
    assert await starts_recorded(second["database_url"]) == 2
    client = await Client.connect(second["temporal_address"])
    assert (await client.get_workflow_handle("kept").describe()).workflow_type == "Kept"
    assert [message.subject for message in list_messages(kinerja.directory / "mailbox")] == ["tersimpan"]


async def test_after_kill_9_nothing_is_left_and_the_next_start_works(kinerja: Kinerja) -> None:
    first = kinerja.start()
    running = kinerja.state
    assert kinerja.stop(signal.SIGKILL) == -signal.SIGKILL
    assert eventually(lambda: not any(is_running(pid) for pid in running.processes.values()))
    assert not kinerja.state.is_serving
    assert kinerja.start() == first
    assert await starts_recorded(first["database_url"]) == 2


async def test_each_server_that_is_killed_comes_back_on_its_port(kinerja: Kinerja) -> None:
    addresses = kinerja.start()
    for name in ("worker-appraisal", "api", "mailbox", "temporal", "postgres"):
        kinerja.kill(name)
    assert eventually(lambda: kinerja.said.count("service_restarted") == 5), kinerja.said
    assert answers_http(addresses["api_url"])
    assert await starts_recorded(addresses["database_url"]) == 1
    assert kinerja.stop(signal.SIGINT) == 0


def test_a_second_serve_on_the_same_directory_is_refused(kinerja: Kinerja, tmp_path: Path) -> None:
    kinerja.start()
    state = kinerja.state
    other = Kinerja(tmp_path / "other")
    other.variables = {"KINERJA_STATE_DIRECTORY": str(kinerja.directory)}
    other.launch()
    assert other.ended() == 1
    assert f"Process {kinerja.process.pid} already serves from {kinerja.directory}" in other.said
    assert kinerja.state == state
    assert kinerja.state.is_serving


def test_a_migration_that_fails_stops_all_and_shows_its_log(kinerja: Kinerja) -> None:
    assert kinerja.launch("migrate").readline() == ""
    assert kinerja.ended() == 1
    assert "migrate ended with exit code 3" in kinerja.said
    assert "no table" in kinerja.said
    assert kinerja.state.processes == {}


def test_a_port_that_the_operator_chose_and_another_program_has_is_told(kinerja: Kinerja) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        kinerja.variables = {"KINERJA_API_PORT": str(listener.getsockname()[1])}
        assert kinerja.launch().readline() == ""
        assert kinerja.ended() == 1
    assert "set KINERJA_API_PORT to another port" in kinerja.said


def test_servers_that_the_settings_point_elsewhere_are_not_started(kinerja: Kinerja, tmp_path: Path) -> None:
    outside = Kinerja(tmp_path / "outside")
    addresses = outside.start()
    kinerja.variables = {
        "KINERJA_DATABASE_URL": addresses["database_url"],
        "KINERJA_TEMPORAL_ADDRESS": addresses["temporal_address"],
        "KINERJA_SMTP_URL": addresses["smtp_url"],
    }
    own = kinerja.start()
    assert list(kinerja.state.processes) == ["worker-appraisal", "api"]
    assert own == addresses | {"api_url": own["api_url"], "temporal_ui_url": None}
    assert kinerja.stop() == 0
    assert outside.stop() == 0


def test_a_process_that_outlived_a_killed_serve_is_stopped_before_the_start(kinerja: Kinerja) -> None:
    with subprocess.Popen(("sleep", "60"), start_new_session=True) as stray:
        record = kinerja.directory / "run" / "worker-notify.json"
        record.parent.mkdir()
        created = psutil.Process(stray.pid).create_time()
        record.write_text(json.dumps({"pid": stray.pid, "started": created, "stop_signal": 15}))
        kinerja.start()
        assert not is_running(stray.pid)
    assert "leftover_stopped" in kinerja.said


def test_told_to_stop_while_starting_it_stops(kinerja: Kinerja) -> None:
    kinerja.launch()
    assert eventually(lambda: "postgres" in kinerja.state.processes)
    assert kinerja.stop() == 0
    assert kinerja.state == replace(RuntimeState(), ports=kinerja.state.ports)
