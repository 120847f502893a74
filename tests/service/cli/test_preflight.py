"""Operators look at a cycle before they launch it."""

import csv
import json
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.fixtures.agency import SmallAgency, build_agency
from tests.service.cli.conftest import CommandLine

pytestmark = [pytest.mark.database, pytest.mark.engine]


@pytest.fixture
async def agency(database: AsyncEngine) -> SmallAgency:
    """Three employees of whom the first has no e-mail address; nobody has an echelon."""
    agency = await build_agency(database, employees=3)
    async with database.begin() as transaction:
        await transaction.execute(
            text("UPDATE person SET email = '' WHERE id = :id"), {"id": agency.employee}
        )
    return agency


async def test_the_table_shows_each_cause_with_who_must_mend_it(
    kinerja: CommandLine, agency: SmallAgency
) -> None:
    wide = CommandLine({**kinerja.environment, "COLUMNS": "300"})
    answer = await wide("preflight")
    assert answer.code == 0
    assert (
        "8 people: 7 would be started, 0 run already, 0 are exempt, 0 are not in service, 1 would be skipped."
        in answer.out
    )
    row, sentence = [line for line in answer.out.splitlines() if "email_missing" in line]
    cells = [cell.strip() for cell in row.strip("│").split("│")]
    assert cells[:4] == ["1", "1", "Warning", "email_missing"]
    assert sentence.startswith("email_missing: ")
    assert "e-mail" in sentence


async def test_the_table_is_in_indonesian_by_default(kinerja: CommandLine, agency: SmallAgency) -> None:
    indonesian = CommandLine(kinerja.environment, language="")
    answer = await indonesian("preflight")
    assert (answer.code, "Sebelum peluncuran 2026" in answer.out) == (0, True)


async def test_a_cause_is_listed_with_its_people(kinerja: CommandLine, agency: SmallAgency) -> None:
    answer = await kinerja("preflight", "2026", "--cause", "email_missing")
    assert answer.code == 0
    assert "Employee 1 Kota Contoh" in answer.out
    assert "***************" in answer.out
    assert "Employee 2" not in answer.out


async def test_a_cause_that_was_not_found_is_said_so(kinerja: CommandLine, agency: SmallAgency) -> None:
    answer = await kinerja("preflight", "--cause", "rater_away")
    assert (answer.code, "Nothing of this kind was found." in answer.out) == (0, True)


async def test_a_smaller_span_finds_the_rater(kinerja: CommandLine, agency: SmallAgency) -> None:
    assert "span_over_limit" not in (await kinerja("preflight")).out
    assert "span_over_limit" in (await kinerja("preflight", "--span", 2)).out


async def test_everything_is_written_as_csv_that_only_its_owner_reads(
    kinerja: CommandLine, agency: SmallAgency, tmp_path: Path
) -> None:
    file = tmp_path / "periksa.csv"
    file.write_text("old")
    file.chmod(0o644)
    answer = await kinerja("preflight", "--output", file)
    with file.open(encoding="utf-8-sig", newline="") as source:
        causes = [row["Cause"] for row in csv.DictReader(source)]
    assert (answer.code, f"{len(causes)} findings are written to {file}" in answer.out) == (0, True)
    assert causes.count("email_missing") == 1
    assert file.stat().st_mode & 0o777 == 0o600


async def test_one_cause_is_written_as_a_workbook(
    kinerja: CommandLine, agency: SmallAgency, tmp_path: Path
) -> None:
    file = tmp_path / "periksa.xlsx"
    assert (await kinerja("preflight", "--cause", "no_rater", "--output", file)).code == 0
    _heading, *rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["no_rater"]


async def test_json_has_the_same_keys_in_every_language(
    kinerja: CommandLine, agency: SmallAgency, tmp_path: Path
) -> None:
    file = tmp_path / "periksa.json"
    await CommandLine(kinerja.environment, language="id")("preflight", "--output", file)
    rows = json.loads(file.read_text("utf-8"))
    assert {row["person_id"] for row in rows if row["cause"] == "email_missing"} == {str(agency.employee)}


async def test_a_unit_is_looked_at_alone(kinerja: CommandLine, agency: SmallAgency) -> None:
    answer = await kinerja("preflight", "--unit", "U1", "--employment", "PPPK")
    assert (answer.code, "0 people" in answer.out) == (0, True)


async def test_a_unit_that_is_not_there_is_named(kinerja: CommandLine, agency: SmallAgency) -> None:
    answer = await kinerja("preflight", "--unit", "U9")
    assert (answer.code, "U9" in answer.err) == (1, True)


@pytest.mark.parametrize(
    ("option", "value"),
    (
        ("--cause", "bad_mood"),
        ("--output", "periksa.pdf"),
        ("--span", "0"),
        ("--echelon", "99"),
        ("--employment", "Honorer"),
    ),
)
async def test_wrong_usage_is_named_by_its_option(
    kinerja: CommandLine, agency: SmallAgency, option: str, value: str
) -> None:
    answer = await kinerja("preflight", option, value)
    assert (answer.code, option in answer.err) == (2, True)


async def test_where_there_is_no_cycle_its_making_is_pointed_to(kinerja: CommandLine) -> None:
    answer = await kinerja("preflight")
    assert (answer.code, "kinerja cycle create" in answer.err) == (1, True)
