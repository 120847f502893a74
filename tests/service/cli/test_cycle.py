"""Operators create, launch and list cycles."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from service.temporal.registry import appraisal_worker
from service.temporal.worker import sandboxed
from states.national import decreed_years
from tests.fixtures.agency import build_agency
from tests.service.cli.conftest import CommandLine
from tests.workflows.launches import NEXT_YEAR, started_in, waiting

pytestmark = [pytest.mark.database, pytest.mark.engine]


async def test_a_cycle_goes_from_roster_to_launched_appraisals(
    kinerja: CommandLine, sample: tuple[Path, Path], client: Client, database: AsyncEngine
) -> None:
    await kinerja("import-roster", *sample, "--apply")
    created = await kinerja("cycle", "create", "--year", NEXT_YEAR)
    assert (created.code, f"SKP {NEXT_YEAR}" in created.out) == (0, True)
    async with appraisal_worker(client, database, runner=sandboxed()):
        launched = await kinerja("cycle", "launch", f"SKP {NEXT_YEAR}")
        again = await kinerja("cycle", "launch")
    assert launched.code == 0
    shown = [line.split("│")[1:3] for line in launched.out.splitlines() if line.startswith("│")]
    results = {name.strip(): int(count) for name, count in shown}
    assert results["Started"] + sum(results[name] for name in results if "Skipped" in name) == 60
    assert results["Skipped: no rater"] == 1
    assert results["Failed"] == 0
    assert "Started" in again.out
    listed = await kinerja("cycle", "list")
    (line,) = [line for line in listed.out.splitlines() if f"SKP {NEXT_YEAR}" in line]
    assert str(results["Started"]) in line


async def test_a_detached_launch_goes_on_by_itself(
    kinerja: CommandLine, client: Client, database: AsyncEngine
) -> None:
    agency = await build_agency(database, year=NEXT_YEAR)
    answer = await kinerja("cycle", "launch", "--detach")
    assert (answer.code, f"launch-{agency.cycle}" in answer.out) == (0, True)
    async with appraisal_worker(client, database, runner=sandboxed()):
        result = await client.get_workflow_handle(f"launch-{agency.cycle}").result()
    assert result["started"] == 5


async def test_a_launch_waits_for_a_worker_and_shows_the_result_when_one_comes(
    kinerja: CommandLine, client: Client, database: AsyncEngine
) -> None:
    await build_agency(database, year=NEXT_YEAR)
    launching = asyncio.create_task(kinerja("cycle", "launch"))
    await asyncio.sleep(1.5)
    assert not launching.done()
    async with appraisal_worker(client, database, runner=sandboxed()):
        assert (await launching).code == 0


async def test_a_launch_ends_with_everybody_on_record_and_waits_for_no_workflow(
    kinerja: CommandLine, client: Client, database: AsyncEngine
) -> None:
    agency = await build_agency(database, year=NEXT_YEAR)
    # This worker serves the launch; no sweeper runs, so that the engine hears of no appraisal.
    async with appraisal_worker(client, database, runner=sandboxed()):
        assert (await kinerja("cycle", "launch", "--pace", 0)).code == 0
    assert await started_in(database, agency) == await waiting(database) == 5


async def test_a_rehearsal_has_a_clock_of_its_own(kinerja: CommandLine, database: AsyncEngine) -> None:
    await build_agency(database)
    answer = await kinerja(
        "cycle", "create", "--year", 2026, "--name", "Gladi", "--rehearsal-from", "2026-01-01", "--pace", 5000
    )
    assert answer.code == 0
    async with database.connect() as connection:
        clock = await connection.scalar(text("SELECT clock FROM cycle WHERE name = 'Gladi' AND rehearsal"))
    assert [clock[0][1], clock[0][2]] == ["2026-01-01T00:00:00+00:00", 5000.0]


async def test_a_year_whose_joint_leave_is_not_decreed_is_pointed_out(
    kinerja: CommandLine, database: AsyncEngine
) -> None:
    await build_agency(database)
    answer = await kinerja("cycle", "create", "--year", 2040)
    assert (answer.code, "not decreed" in answer.err) == (0, True)


async def test_a_cycle_that_ends_in_a_year_without_a_decree_is_pointed_out(
    kinerja: CommandLine, database: AsyncEngine
) -> None:
    await build_agency(database)
    last = max(decreed_years())
    answer = await kinerja("cycle", "create", "--year", last)
    assert (answer.code, f"of {last + 1} are not decreed" in answer.err) == (0, True)


async def test_a_decree_that_the_agency_states_leaves_nothing_to_point_out(
    kinerja: CommandLine, database: AsyncEngine, tmp_path: Path
) -> None:
    await build_agency(database)
    last = max(decreed_years())
    file = tmp_path / "hari.yaml"
    file.write_text(f"source: SKB 3 Menteri\ndecreed: [{last + 1}]\n", "utf-8")
    answer = await kinerja("cycle", "create", "--year", last, "--working-days", file)
    assert (answer.code, "not decreed" in answer.err) == (0, False)


async def test_a_name_in_use_is_refused(kinerja: CommandLine, database: AsyncEngine) -> None:
    await build_agency(database)
    await kinerja("cycle", "create", "--year", 2027)
    answer = await kinerja("cycle", "create", "--year", 2027)
    assert (answer.code, "SKP 2027" in answer.err) == (1, True)


async def test_a_scheme_file_with_mistakes_creates_nothing(
    kinerja: CommandLine, database: AsyncEngine, tmp_path: Path
) -> None:
    await build_agency(database)
    file = tmp_path / "daerah.yaml"
    file.write_text("scheme: daerah\n", "utf-8")
    answer = await kinerja("cycle", "create", "--year", 2027, "--scheme", file)
    assert (answer.code, "daerah.yaml:1" in answer.err) == (1, True)
    async with database.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM cycle")) == 1


async def test_working_days_of_the_agency_come_from_a_file(
    kinerja: CommandLine, database: AsyncEngine, tmp_path: Path
) -> None:
    await build_agency(database)
    file = tmp_path / "hari.yaml"
    file.write_text("week: six_day\nclosed: [2027-03-01, 2027-03-02]\n", "utf-8")
    answer = await kinerja("cycle", "create", "--year", 2027, "--working-days", file)
    assert answer.code == 0
    assert "Monday to Saturday; 2 more days closed, 0 holidays declared working" in answer.out
    async with database.connect() as connection:
        kept = await connection.scalar(text("SELECT working_days FROM cycle WHERE year = 2027"))
    assert kept == {"week": "six_day", "closed": ["2027-03-01", "2027-03-02"]}


@pytest.mark.parametrize(
    ("content", "reason"),
    (
        ("week: six_day\nclosed: [Maret]\n", "hari.yaml:2: closed[0]: 'Maret' is not a day"),
        ("closed: [2072-03-01]\n", "2072-03-01 (closed): outside 2026 to 2029"),
    ),
    ids=("mistake", "wrong year"),
)
async def test_working_days_that_cannot_be_create_nothing(
    kinerja: CommandLine, database: AsyncEngine, tmp_path: Path, content: str, reason: str
) -> None:
    await build_agency(database)
    file = tmp_path / "hari.yaml"
    file.write_text(content, "utf-8")
    answer = await kinerja("cycle", "create", "--year", 2027, "--working-days", file)
    assert (answer.code, reason in answer.err) == (1, True)
    async with database.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM cycle")) == 1


async def test_where_there_is_no_agency_the_import_is_pointed_to(kinerja: CommandLine) -> None:
    answer = await kinerja("cycle", "create", "--year", 2027)
    assert (answer.code, "import-roster" in answer.err) == (1, True)


async def test_of_several_agencies_one_must_be_named(kinerja: CommandLine, database: AsyncEngine) -> None:
    await build_agency(database)
    await build_agency(database, name="Kabupaten Contoh")
    unnamed = await kinerja("cycle", "create", "--year", 2027)
    assert (unnamed.code, "Kabupaten Contoh, Kota Contoh" in unnamed.err) == (1, True)
    unknown = await kinerja("cycle", "create", "--year", 2027, "--agency", "Desa")
    assert (unknown.code, "Desa" in unknown.err) == (1, True)
    assert (await kinerja("cycle", "create", "--year", 2027, "--agency", "kota contoh")).code == 0


@pytest.mark.parametrize("arguments", ((), ("SKP 2030",)), ids=("any", "named"))
async def test_a_cycle_that_is_not_there_cannot_be_launched(
    kinerja: CommandLine, arguments: tuple[str, ...]
) -> None:
    answer = await kinerja("cycle", "launch", *arguments)
    assert (answer.code, "kinerja cycle" in answer.err) == (1, True)


async def test_of_several_cycles_one_must_be_named(kinerja: CommandLine, database: AsyncEngine) -> None:
    agency = await build_agency(database)
    await kinerja("cycle", "create", "--year", 2027)
    answer = await kinerja("cycle", "launch")
    assert (answer.code, str(agency.cycle) in answer.err) == (1, True)


async def test_an_engine_that_does_not_answer_is_named(kinerja: CommandLine, database: AsyncEngine) -> None:
    await build_agency(database)
    answer = await kinerja("cycle", "launch", TEMPORAL_ADDRESS="127.0.0.1:1")
    assert (answer.code, "The Temporal server at 127.0.0.1:1 does not answer" in answer.err) == (1, True)
