"""Operators launch for some, pause, resume, and see what became of each person."""

import asyncio
import csv
import dataclasses
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine
from temporalio.client import Client

from service.launches.launching import launch_workflow_id
from service.temporal.registry import appraisal_worker
from service.temporal.worker import sandboxed
from tests.fixtures.agency import SmallAgency, build_agency
from tests.service.cli.conftest import CommandLine
from tests.workflows.launches import NEXT_YEAR

pytestmark = [pytest.mark.database, pytest.mark.engine]


@pytest.fixture
def kinerja(kinerja: CommandLine) -> CommandLine:
    """On a screen so wide that no cell is folded."""
    return dataclasses.replace(kinerja, environment={**kinerja.environment, "COLUMNS": "500"})


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    """Ten people; employee 1 is suspended, employee 2 a PPPK, the head without a rater."""
    agency = await build_agency(database, employees=5, year=NEXT_YEAR)
    async with database.begin() as connection:
        await connection.execute(
            text("UPDATE person SET legal_standing = '04' WHERE id = :id"), {"id": agency.employees[1]}
        )
        await connection.execute(
            text("UPDATE person SET employment = 'PPPK' WHERE id = :id"), {"id": agency.employees[2]}
        )
    return agency


@pytest.fixture
async def worker(client: Client, database: AsyncEngine) -> AsyncIterator[None]:
    async with appraisal_worker(client, database, runner=sandboxed()):
        yield


async def test_who_was_skipped_is_counted_and_the_list_is_pointed_to(
    kinerja: CommandLine, agency: SmallAgency, worker: None
) -> None:
    answer = await kinerja("cycle", "launch", "--pace", 0)
    assert answer.code == 0
    assert "Skipped: suspended from service (PP 30/2019 art 23)" in answer.out
    assert f"kinerja cycle results {agency.cycle}" in answer.err


async def test_results_list_who_is_missing_and_who_has_to_do_what(
    kinerja: CommandLine, agency: SmallAgency, worker: None
) -> None:
    await kinerja("cycle", "launch", "--pace", 0)
    answer = await kinerja("cycle", "results")
    assert answer.code == 0
    (line,) = [line for line in answer.out.splitlines() if "Head Kota Contoh" in line]
    assert "enter the superior in the roster" in line
    assert "Rater Kota Contoh" not in answer.out
    started = await kinerja("cycle", "results", "--outcome", "started")
    assert "Rater Kota Contoh" in started.out
    assert "Head Kota Contoh" not in started.out


async def test_no_whole_number_of_a_person_is_printed_or_written(
    kinerja: CommandLine, agency: SmallAgency, worker: None, database: AsyncEngine, tmp_path: Path
) -> None:
    await kinerja("cycle", "launch", "--pace", 0)
    file = tmp_path / "results.csv"
    printed = await kinerja("cycle", "results")
    await kinerja("cycle", "results", "--output", file)
    async with database.connect() as connection:
        numbers = (await connection.execute(text("SELECT nip FROM person"))).scalars().all()
    written = printed.out + file.read_text("utf-8")
    assert len(numbers) == 10
    assert [nip for nip in numbers if nip in written] == []


@pytest.mark.parametrize("kind", ("csv", "xlsx"))
async def test_results_are_written_to_a_file_for_nobody_else(
    kinerja: CommandLine, agency: SmallAgency, worker: None, tmp_path: Path, kind: str
) -> None:
    await kinerja("cycle", "launch", "--pace", 0)
    file = tmp_path / f"results.{kind}"
    file.touch(0o644)
    answer = await kinerja("cycle", "results", "--outcome", "skipped", "--output", file)
    assert (answer.code, f"2 people are written to {file}" in answer.out) == (0, True)
    assert file.stat().st_mode & 0o777 == 0o600
    if kind == "csv":
        rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    else:
        sheet = CalamineWorkbook.from_path(str(file)).get_sheet_by_index(0)
        rows = [[str(cell) for cell in row] for row in sheet.to_python()]
    assert rows[0][:3] == ["Person (id)", "Name", "NIP, masked"]
    assert {row[6] for row in rows[1:]} == {"no rater", "suspended from service (PP 30/2019 art 23)"}


async def test_results_are_narrowed_to_a_reason(
    kinerja: CommandLine, agency: SmallAgency, worker: None, tmp_path: Path
) -> None:
    await kinerja("cycle", "launch", "--pace", 0)
    answer = await kinerja("cycle", "results", "--reason", "no_rater", "--output", tmp_path / "one.csv")
    assert "1 people" in answer.out
    unknown = await kinerja("cycle", "results", "--reason", "no_superior")
    assert (unknown.code, "superior_loop" in unknown.err) == (1, True)


async def test_a_file_of_another_kind_is_refused_before_anything_is_read(
    kinerja: CommandLine, agency: SmallAgency, tmp_path: Path
) -> None:
    answer = await kinerja("cycle", "results", "--output", tmp_path / "results.pdf")
    assert (answer.code, ".csv or .xlsx" in answer.err) == (1, True)
    assert not (tmp_path / "results.pdf").exists()


async def test_before_the_first_launch_there_are_no_results(
    kinerja: CommandLine, agency: SmallAgency
) -> None:
    answer = await kinerja("cycle", "results")
    assert (answer.code, "No launch has looked at anybody" in answer.err) == (1, True)


async def test_some_are_launched_and_the_rest_later(
    kinerja: CommandLine, agency: SmallAgency, worker: None, database: AsyncEngine
) -> None:
    assert (await kinerja("cycle", "launch", "--employment", "PPPK")).code == 0
    async with database.connect() as connection:
        rows = await connection.execute(text("SELECT employee_id FROM appraisal"))
        assert rows.scalars().all() == [agency.employees[2]]
    chosen = ("--unit", "U1", "--person", agency.employees[3], "--pace", 0)
    assert (await kinerja("cycle", "launch", *chosen)).code == 0
    assert (await kinerja("cycle", "launch", "--pace", 0)).code == 0
    async with database.connect() as connection:
        assert await connection.scalar(text("SELECT count(started_at) FROM appraisal")) == 8


@pytest.mark.parametrize(
    ("arguments", "named"),
    (
        (("--unit", "U9"), "U9"),
        (("--employment", "Honorer"), "employment"),
        (("--post-kind", "9"), "post_kinds"),
        (("--echelon", "III.a"), "echelons"),
        (("--person", "00000000-0000-0000-0000-000000000001"), "00000000-0000-0000-0000-000000000001"),
        (("--pace", "20000"), "pace"),
    ),
    ids=lambda each: each[0] if isinstance(each, tuple) else "",
)
async def test_what_cannot_be_chosen_is_named_and_nothing_launched(
    kinerja: CommandLine, agency: SmallAgency, arguments: tuple[str, str], named: str
) -> None:
    answer = await kinerja("cycle", "launch", "--detach", *arguments)
    assert (answer.code, named in answer.err) == (1, True)


async def test_a_launch_is_paused_and_goes_on(
    kinerja: CommandLine, agency: SmallAgency, worker: None, client: Client
) -> None:
    await kinerja("cycle", "launch", "--pace", 1, "--detach")
    paused = await kinerja("cycle", "pause")
    assert (paused.code, "is paused" in paused.out) == (0, True)
    other = await kinerja("cycle", "launch", "--employment", "PPPK", "--detach")
    assert (other.code, "everybody" in other.err) == (1, True)
    resumed = await kinerja("cycle", "resume")
    assert (resumed.code, "goes on" in resumed.out) == (0, True)
    async with asyncio.timeout(60):
        result = await client.get_workflow_handle(launch_workflow_id(agency.cycle)).result()
    assert result["started"] == 8


@pytest.mark.parametrize("command", ("pause", "resume"))
async def test_where_no_launch_runs_the_operator_is_told(
    kinerja: CommandLine, agency: SmallAgency, command: str
) -> None:
    answer = await kinerja("cycle", command)
    assert (answer.code, "No launch of this cycle runs" in answer.err) == (1, True)
