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

from content.rating.rules import NumericMethod
from notifications.addressing import REHEARSAL_DOMAIN
from schemes.loading import builtin_system
from service.audit.verifying import first_break
from service.configuration.settings import Settings, load_settings
from service.demo.scenes import SCENES, SHOWN
from service.demo.staging import prepare
from service.demo.systems import NASIONAL, SYSTEMS
from service.demo.welcome import Visitor, Welcome
from service.runtime.state import with_running_servers
from service.temporal.reaching import client_for
from store.appraisal.auditing import Scope, audited
from store.database import create_engine

# The servers start, and the cycles live through most of a year.
pytestmark = [pytest.mark.database, pytest.mark.engine, pytest.mark.timeout(320)]

READY_SECONDS = 280
FURTHER = [system for system in SYSTEMS if system is not NASIONAL]


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


async def case_of_staff(demonstration: Demonstration, stage: str) -> tuple[Visitor, str]:
    """The employee among the visitors, and the address of the own case that waits in a stage."""
    staff = demonstration.welcome.visitors[0]
    _, answer = await demonstration.ask(staff, "GET", "/api/v1/tasks?limit=100")
    (task,) = [task for task in answer["items"] if task["stage"] == stage]
    return staff, f"/api/v1/appraisals/{task['appraisal_id']}"


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
    for visitor in (*demonstration.welcome.visitors, *demonstration.welcome.elsewhere):
        assert f"TOKEN={visitor.token}" in printed
        assert f"{demonstration.settings.public_address}{visitor.path}" in printed


async def test_every_visitor_sees_the_tasks_that_were_counted(demonstration: Demonstration) -> None:
    for visitor in demonstration.welcome.visitors:
        status, answer = await demonstration.ask(visitor, "GET", "/api/v1/tasks?limit=100")
        own = {"staff": "employee", "supervisor": "rater", "hr": "hr", "appeals_officer": "appeals_officer"}
        assert status == 200
        assert own[visitor.role] in {task["capacity"] for task in answer["items"]}


async def test_an_employee_reads_the_form_of_the_plan_saves_a_draft_and_sees_the_file(
    demonstration: Demonstration,
) -> None:
    staff, case = await case_of_staff(demonstration, "plan_drafting")
    status, form = await demonstration.ask(staff, "GET", f"{case}/forms/plan")
    assert (status, form["due"]) == (200, True)
    draft = {"version": 0, "content": {"results": [{"result": "Arsip tertata"}]}}
    status, saved = await demonstration.ask(staff, "PUT", f"{case}/drafts/plan", draft)
    assert (status, saved["version"]) == (200, 1)
    assert saved["missing"]
    status, found = await demonstration.ask(
        staff, "POST", f"{case}/forms/plan/check", {"content": form["example"]}
    )
    assert (status, found) == (200, {"complete": True, "missing": []})
    status, file = await demonstration.ask(staff, "GET", f"{case}/file")
    assert (status, file["plan"]) == (200, None)


async def test_an_employee_reads_how_the_own_rating_is_computed(demonstration: Demonstration) -> None:
    staff, case = await case_of_staff(demonstration, "response")
    status, rating = await demonstration.ask(staff, "GET", f"{case}/rating")
    assert status == 200
    assert rating["outcome"]["predicate_name"]
    assert [step["article"] for step in rating["outcome"]["working"]]


async def test_every_example_works_as_printed(demonstration: Demonstration) -> None:
    for visitor in (*demonstration.welcome.visitors, *demonstration.welcome.elsewhere):
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


async def test_each_further_agency_has_an_officer_who_sees_its_appraisals(
    demonstration: Demonstration,
) -> None:
    officers = demonstration.welcome.elsewhere
    assert [officer.agency for officer in officers] == [each.agency for each in FURTHER]
    for system, officer in zip(FURTHER, officers, strict=True):
        status, answer = await demonstration.ask(officer, "GET", f"{officer.path}&limit=100")
        assert status == 200
        assert len(answer["items"]) == len(system.roster().people) - 1


@pytest.mark.parametrize("place", range(len(FURTHER)), ids=[system.scheme for system in FURTHER])
async def test_a_delivered_rating_carries_a_predicate_and_how_it_is_computed(
    demonstration: Demonstration, place: int
) -> None:
    officer, scheme = demonstration.welcome.elsewhere[place], FURTHER[place].scheme
    rules = builtin_system(scheme).content
    numeric = (
        rules is not None and rules.rating is not None and isinstance(rules.rating.method, NumericMethod)
    )
    _, answer = await demonstration.ask(officer, "GET", f"{officer.path}&limit=100")
    delivered = [
        case["id"] for case in answer["items"] if case["stage"] in ("response", "agreed", "finalised")
    ]
    assert delivered
    for case in delivered:
        status, rating = await demonstration.ask(officer, "GET", f"/api/v1/appraisals/{case}/rating")
        assert status == 200
        assert rating["outcome"]["predicate"]
        assert rating["outcome"]["working"]
        assert rating["scheme"].startswith(f"{scheme}@")
        assert (rating["outcome"]["score"] is not None) is numeric


async def test_people_note_what_their_scheme_is_about(demonstration: Demonstration) -> None:
    noted = {
        (scheme.partition("@")[0], kind)
        for scheme, kind in await demonstration.rows(
            """
            SELECT DISTINCT cycle.scheme, entry.kind FROM entry
            JOIN appraisal ON appraisal.id = entry.appraisal_id JOIN cycle ON cycle.id = appraisal.cycle_id
            """
        )
    }
    assert {(system.scheme, kind) for system in SYSTEMS for kind in ("observation", "progress")} <= noted
    assert {("gerunggang", "complaint"), ("samarinda", "project")} <= noted


async def test_in_samarinda_somebody_is_to_be_rated_after_three_observed_quarters(
    demonstration: Demonstration,
) -> None:
    found = await demonstration.rows(
        """
        SELECT snapshot -> 'check_ins_done', (
            SELECT count(*) FROM entry WHERE appraisal_id = appraisal.id AND entry.kind = 'observation')
        FROM appraisal JOIN cycle ON cycle.id = cycle_id
        WHERE cycle.scheme LIKE 'samarinda@%' AND stage = 'rating'
        """
    )
    assert (3, 3) in [tuple(row) for row in found]


async def test_in_gerunggang_people_chose_what_helps_with_a_weakness_that_was_named(
    demonstration: Demonstration,
) -> None:
    chosen = await demonstration.rows(
        """
        SELECT training_choice.training, training_choice.weakness FROM training_choice
        JOIN appraisal ON appraisal.id = training_choice.appraisal_id
        JOIN cycle ON cycle.id = appraisal.cycle_id WHERE cycle.scheme LIKE 'gerunggang@%'
        """
    )
    rules = builtin_system("gerunggang").content
    assert rules is not None
    helps = {training.name: training.for_weaknesses for training in rules.follow_up.trainings}
    assert chosen
    assert all(weakness in helps[training] for training, weakness in chosen)


async def test_in_tangerang_selatan_teams_were_rated_and_their_members_carry_the_result(
    demonstration: Demonstration,
) -> None:
    teams = await demonstration.rows("SELECT id FROM team")
    rated = await demonstration.rows("SELECT DISTINCT team_id FROM team_result")
    carried = await demonstration.rows("SELECT number FROM input_result WHERE input = 'team'")
    assert len(teams) == 4
    assert rated
    assert all(number is None or 50 <= number <= 115 for (number,) in carried)
    assert any(number is not None for (number,) in carried)


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
