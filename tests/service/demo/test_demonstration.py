"""`kinerja serve --demo` as a newcomer starts it: real processes, real servers, and what it prints."""

import asyncio
import json
import os
import signal
import sys
import urllib.error
import urllib.request
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from notifications.addressing import REHEARSAL_DOMAIN
from service.audit.verifying import first_break
from service.configuration.settings import Settings, load_settings
from service.demo.scenes import SCENES, SHOWN
from service.demo.staging import prepare
from service.demo.systems import NASIONAL
from service.demo.welcome import Visitor, Welcome
from service.runtime.state import with_running_servers
from service.temporal.reaching import client_for
from store.appraisal.auditing import Scope, audited
from store.database import create_engine

# The servers start, and four cycles live through most of a year.
pytestmark = [pytest.mark.database, pytest.mark.engine, pytest.mark.timeout(240)]

READY_SECONDS = 200


@dataclass(frozen=True)
class Demonstration:
    """The running demonstration, and what it tells."""

    settings: Settings
    database: AsyncEngine
    welcome: Welcome
    printed: Path

    async def ask(self, visitor: Visitor, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """The API's answer to a visitor."""
        request = urllib.request.Request(  # noqa: S310
            f"{self.settings.public_address}{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={
                "Authorization": f"Bearer {visitor.token}",
                "Content-Type": "application/json",
                "Idempotency-Key": uuid.uuid4().hex,
            },
        )
        return await asyncio.to_thread(_answer, request)

    async def rows(self, query: str) -> list[Any]:
        async with self.database.connect() as connection:
            return list((await connection.execute(text(query))).all())


def _answer(request: urllib.request.Request) -> tuple[int, Any]:
    try:
        with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310
            return response.status, json.loads(response.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demonstration(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Demonstration]:
    directory = tmp_path_factory.mktemp("demo")
    state, printed = directory / "var", directory / "printed.txt"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KINERJA_")}
    environment |= {"KINERJA_STATE_DIRECTORY": str(state), "COLUMNS": "200"}
    with printed.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "service.cli", "--language", "en", "serve", "--demo"),
            env=environment,
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
        )
    try:
        async with asyncio.timeout(READY_SECONDS):
            while b"Mailbox: http" not in printed.read_bytes():
                assert process.returncode is None, printed.read_text()
                await asyncio.sleep(0.3)
        welcome = Welcome.read(state)
        assert welcome is not None
        settings = with_running_servers(load_settings({"KINERJA_STATE_DIRECTORY": str(state)}))
        assert settings.database_url is not None
        database = create_engine(settings.database_url.get_secret_value())
        yield Demonstration(settings, database, welcome, printed)
        await database.dispose()
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 60) == 0
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_every_stage_of_the_national_scheme_has_an_appraisal(demonstration: Demonstration) -> None:
    assert set(demonstration.welcome.stages) == {stage.value for stage in SHOWN}


async def test_there_is_a_visitor_of_each_kind_with_something_to_do(demonstration: Demonstration) -> None:
    visitors = {visitor.role: visitor for visitor in demonstration.welcome.visitors}
    assert list(visitors) == ["staff", "supervisor", "hr", "appeals_officer"]
    assert all(visitor.tasks > 0 for visitor in visitors.values())


async def test_tokens_addresses_and_examples_are_printed(demonstration: Demonstration) -> None:
    printed = demonstration.printed.read_text()
    for visitor in demonstration.welcome.visitors:
        assert f"TOKEN={visitor.token}" in printed
        assert f"{demonstration.settings.public_address}{visitor.path}" in printed


async def test_every_visitor_sees_the_tasks_that_were_counted(demonstration: Demonstration) -> None:
    for visitor in demonstration.welcome.visitors:
        status, answer = await demonstration.ask(visitor, "GET", "/api/v1/tasks?limit=100")
        own = {"staff": "employee", "supervisor": "rater", "hr": "hr", "appeals_officer": "appeals_officer"}
        assert status == 200
        assert own[visitor.role] in {task["capacity"] for task in answer["items"]}


async def test_every_example_works_as_printed(demonstration: Demonstration) -> None:
    for visitor in demonstration.welcome.visitors:
        status, answer = await demonstration.ask(visitor, visitor.method, visitor.path, visitor.body)
        assert status == 200, answer


async def test_mail_arrives_at_addresses_that_cannot_exist(demonstration: Demonstration) -> None:
    staff = demonstration.welcome.visitors[0]
    status, answer = await demonstration.ask(staff, "GET", "/api/v1/mailbox")
    addresses = {address for message in answer["items"] for address in message["to"]}
    assert status == 200
    assert {address.rpartition("@")[2] for address in addresses} == {REHEARSAL_DOMAIN}


async def test_the_record_of_the_demonstration_is_whole(demonstration: Demonstration) -> None:
    breaks = [
        first_break(record) async for record in audited(demonstration.database, Scope(agency=NASIONAL.agency))
    ]
    assert len(breaks) > 200
    assert set(breaks) == {None}


async def test_preparing_twice_is_harmless(demonstration: Demonstration) -> None:
    query = (
        "SELECT (SELECT count(*) FROM person), (SELECT count(*) FROM appraisal), (SELECT count(*) FROM cycle)"
    )
    before = await demonstration.rows(query)
    cycles = await prepare(demonstration.database, await client_for(demonstration.settings))
    assert await demonstration.rows(query) == before
    assert [str(cycle.id) for cycle in cycles] == list(demonstration.welcome.cycles)
    assert [cycle.name for cycle in cycles] == [scene.name for scene in SCENES]


async def test_its_people_come_back_when_their_process_is_killed(demonstration: Demonstration) -> None:
    state = demonstration.settings.state_directory
    before = json.loads((state / "runtime.json").read_text())["processes"]["demo"]
    os.kill(before, signal.SIGKILL)
    async with asyncio.timeout(40):
        while True:
            again = Welcome.read(state)
            if again is not None and again.written_at > demonstration.welcome.written_at:
                break
            await asyncio.sleep(0.2)
    assert json.loads((state / "runtime.json").read_text())["processes"]["demo"] != before
    assert again.cycles == demonstration.welcome.cycles


async def test_a_rehearsal_of_another_agency_runs_beside_it(demonstration: Demonstration) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KINERJA_")}
    environment["KINERJA_STATE_DIRECTORY"] = str(demonstration.settings.state_directory)
    rehearsing = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "service.cli", "--language", "en"),
        *("rehearse", "--people", "7", "--minutes", "0.2", "--cycle-name", "Gladi tujuh"),
        env=environment | {"COLUMNS": "200"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(90):
        said, _ = await rehearsing.communicate()
    printed = said.decode()
    assert rehearsing.returncode == 0, printed
    for part in (
        "6 appraisals of Gladi tujuh were started",
        "Outcomes",
        "Deadlines",
        "Notices",
        "messages to",
    ):
        assert part in printed
    assert "0 of 6 records are broken." in printed
