"""Earlier results, what follows from results, and the report of a year, from the command line."""

import csv
import io
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from states.stages import Stage
from tests.fixtures.agency import build_agency
from tests.fixtures.rated import Division, Rated, build_division, put_on_record
from tests.service.cli.conftest import CommandLine

pytestmark = pytest.mark.database


@pytest.fixture
async def division(database: AsyncEngine) -> Division:
    division = await build_division(database, "Kota Contoh", employees=2)
    await put_on_record(
        database,
        division,
        [Rated(person, "very_good", stage=Stage.FINALISED) for person in division.staff],
    )
    return division


async def nip_of(database: AsyncEngine, division: Division) -> str:
    async with database.connect() as connection:
        query = text("SELECT nip FROM person WHERE id = :id")
        return str(await connection.scalar(query, {"id": division.staff[0]}))


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))


async def test_earlier_results_are_imported_repeated_without_harm_and_corrected(
    kinerja: CommandLine, database: AsyncEngine, division: Division, tmp_path: Path
) -> None:
    nip, file = await nip_of(database, division), tmp_path / "predikat.csv"
    file.write_text(f"nip,tahun,kode predikat\n{nip},2025,1\n", "utf-8")
    for expected in ("1 results are recorded, 0 corrected, 0", "0 results are recorded, 0 corrected, 1"):
        answer = await kinerja("result", "import", file)
        assert (answer.code, expected in answer.out) == (0, True)
    file.write_text(f"nip,tahun,kode predikat\n{nip},2025,2\n", "utf-8")
    assert "1 corrected" in (await kinerja("result", "import", file)).out


async def test_bad_rows_are_named_with_line_and_reason_and_nothing_is_written(
    kinerja: CommandLine, database: AsyncEngine, division: Division, tmp_path: Path
) -> None:
    nip, file = await nip_of(database, division), tmp_path / "predikat.csv"
    file.write_text(f"nip,tahun,kode predikat\n{nip},2025,1\n{nip},2024,9\n", "utf-8")
    answer = await kinerja("result", "import", file)
    assert answer.code == 1
    assert "Line 3: The code of the predicate must be a number from 1 (best) to 5." in answer.out
    file.write_text(
        f"nip,tahun,kode predikat\n{nip},2025,1\n198501012010011001,2024,1\n{nip},2026,1\n", "utf-8"
    )
    answer = await kinerja("result", "import", file)
    assert answer.code == 1
    assert "Line 3: Nobody of the agency is known by this." in answer.out
    assert "Line 4: This year is not before the latest cycle of the agency, 2026." in answer.out
    async with database.connect() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM earlier_result")) == 0


async def test_who_meets_what_is_shown_and_written(
    kinerja: CommandLine, database: AsyncEngine, division: Division, tmp_path: Path
) -> None:
    assert "Nobody meets anything yet." in (await kinerja("follow-up", "2026")).out
    file = tmp_path / "predikat.csv"
    file.write_text(f"nip;tahun;kode predikat\n{await nip_of(database, division)};2025;1\n", "utf-8")
    assert (await kinerja("result", "import", file)).code == 0
    assert "Talent pool" in (await kinerja("follow-up", "2026", "--kind", "talent_pool")).out
    written = tmp_path / "talenta.csv"
    answer = await kinerja("follow-up", "2026", "--csv", written)
    assert (answer.code, written.stat().st_mode & 0o777) == (0, 0o600)
    (row,) = rows(written)
    assert (row["Person (id)"], row["For what"]) == (str(division.staff[0]), "Talent pool")


@pytest.mark.usefixtures("division")
async def test_an_unknown_kind_is_refused_with_the_known_ones(kinerja: CommandLine) -> None:
    answer = await kinerja("follow-up", "2026", "--kind", "holidays")
    assert answer.code == 2
    assert "talent_pool, competency" in answer.err


async def test_the_report_is_shown_and_written(
    kinerja: CommandLine, division: Division, tmp_path: Path
) -> None:
    assert "Very good" in (await kinerja("report", "2026")).out
    written = tmp_path / "laporan.csv"
    assert (await kinerja("report", "2026", "--csv", written)).code == 0
    assert {row["Predicate"] for row in rows(written)} == {"Very good"}
    assert len(rows(written)) == len(division.staff)


async def test_nothing_follows_from_ratings_in_words(kinerja: CommandLine, database: AsyncEngine) -> None:
    await build_agency(database)
    answer = await kinerja("report", "2026")
    assert answer.code == 1
    assert "written in words" in answer.err
