"""HR imports a roster and is told about every mistake in it."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.service.cli.conftest import CommandLine

pytestmark = pytest.mark.database

Sample = tuple[Path, Path]


def numbers_of(out: str, kind: str) -> list[int]:
    (line,) = [line for line in out.splitlines() if kind in line]
    return [int(word) for word in line.split() if word.isdigit()]


async def people_in(database: AsyncEngine) -> int:
    async with database.connect() as connection:
        return int(await connection.scalar(text("SELECT count(*) FROM person")) or 0)


async def test_a_first_import_shows_what_is_new(
    kinerja: CommandLine, sample: Sample, database: AsyncEngine
) -> None:
    answer = await kinerja("import-roster", *sample, "--agency", "Kota Uji")
    assert answer.code == 0
    assert "Roster of Kota Uji" in answer.out
    assert numbers_of(answer.out, "Units") == [12, 0, 0]
    assert numbers_of(answer.out, "People") == [60, 0, 0]
    assert numbers_of(answer.out, "Raters") == [59, 0, 0]
    assert await people_in(database) == 60


async def test_the_same_import_again_shows_that_nothing_changed(kinerja: CommandLine, sample: Sample) -> None:
    await kinerja("import-roster", *sample)
    answer = await kinerja("import-roster", *sample)
    assert numbers_of(answer.out, "People") == [0, 0, 60]


async def test_an_agency_is_called_like_its_topmost_unit_unless_named(
    kinerja: CommandLine, sample: Sample
) -> None:
    answer = await kinerja("import-roster", *sample)
    assert "Roster of Pemerintah Kota Contoh" in answer.out


async def test_every_mistake_is_named_with_its_place_and_nothing_is_written(
    kinerja: CommandLine, sample: Sample, database: AsyncEngine
) -> None:
    units, people = sample
    lines = people.read_text("utf-8").splitlines()
    lines[3] = lines[3].replace(lines[3].split(",")[0], "123")
    lines[7] = lines[7].replace(",PNS,", ",ASN,")
    people.write_text("\n".join(lines), "utf-8")
    answer = await kinerja("import-roster", units, people)
    assert answer.code == 1
    assert f"{people}:4: nip: " in answer.out
    assert f"{people}:8: jenis_asn: " in answer.out
    assert "nothing was written" in answer.err
    assert await people_in(database) == 0


async def test_mistakes_are_told_in_indonesian_unless_english_is_asked_for(
    kinerja: CommandLine, sample: Sample
) -> None:
    units, people = sample
    people.write_text("nip\n1\n", "utf-8")
    answer = await CommandLine(kinerja.environment, language="id")("import-roster", units, people)
    assert answer.code == 1
    assert "Kolom tidak ada" in answer.out
    assert "tidak ada yang ditulis" in answer.err


async def test_a_file_that_is_not_there_is_wrong_usage(kinerja: CommandLine, sample: Sample) -> None:
    answer = await kinerja("import-roster", sample[0], "nowhere.csv")
    assert answer.code == 2
    assert "nowhere.csv" in answer.err


async def test_progress_goes_beside_the_result(kinerja: CommandLine, sample: Sample) -> None:
    answer = await kinerja("import-roster", *sample)
    assert "Checking" not in answer.out
