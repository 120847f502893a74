"""HR checks a roster, is told about every row, and imports it when satisfied."""

import json
import stat
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.service.cli.conftest import CommandLine
from tests.service.roster.rosters import table, workbook

pytestmark = pytest.mark.database

Sample = tuple[Path, Path]


def numbers_of(out: str, kind: str) -> list[int]:
    """New, changed, unchanged, refused, and with warnings."""
    (line,) = [line for line in out.splitlines() if line.startswith(f"│ {kind} ")]
    return [int(word) for word in line.split() if word.isdigit()]


async def people_in(database: AsyncEngine) -> int:
    async with database.connect() as connection:
        return int(await connection.scalar(text("SELECT count(*) FROM person")) or 0)


def spoil(path: Path, line: int, old: str, new: str) -> None:
    lines = path.read_text("utf-8").splitlines()
    assert old in lines[line - 1]
    lines[line - 1] = lines[line - 1].replace(old, new, 1)
    path.write_text("\n".join(lines), "utf-8")


async def test_without_more_words_the_files_are_only_checked(
    kinerja: CommandLine, sample: Sample, database: AsyncEngine
) -> None:
    answer = await kinerja("import-roster", *sample, "--agency", "Kota Uji")
    assert answer.code == 0
    assert numbers_of(answer.out, "People") == [60, 0, 0, 0, 5]
    assert "Nothing was written" in answer.out
    assert await people_in(database) == 0


async def test_a_first_import_shows_what_is_new(
    kinerja: CommandLine, sample: Sample, database: AsyncEngine
) -> None:
    answer = await kinerja("import-roster", *sample, "--agency", "Kota Uji", "--apply")
    assert answer.code == 0
    assert "Roster of Kota Uji" in answer.out
    assert numbers_of(answer.out, "Units")[:3] == [12, 0, 0]
    assert numbers_of(answer.out, "People")[:3] == [60, 0, 0]
    assert numbers_of(answer.out, "Raters")[:3] == [59, 0, 0]
    assert "The roster is imported." in answer.out
    assert await people_in(database) == 60


async def test_the_same_import_again_shows_that_nothing_changed(kinerja: CommandLine, sample: Sample) -> None:
    await kinerja("import-roster", *sample, "--apply")
    answer = await kinerja("import-roster", *sample, "--apply")
    assert numbers_of(answer.out, "People")[:3] == [0, 0, 60]
    assert "Changed columns" not in answer.out


async def test_an_agency_is_called_like_its_topmost_unit_unless_named(
    kinerja: CommandLine, sample: Sample
) -> None:
    answer = await kinerja("import-roster", *sample)
    assert "Roster of Pemerintah Kota Contoh" in answer.out


async def test_people_alone_go_to_the_only_agency(
    kinerja: CommandLine, sample: Sample, database: AsyncEngine
) -> None:
    await kinerja("import-roster", *sample, "--agency", "Kota Uji", "--apply")
    answer = await kinerja("import-roster", sample[1], "--apply")
    assert (answer.code, "Roster of Kota Uji" in answer.out) == (0, True)
    assert numbers_of(answer.out, "People")[:4] == [0, 0, 60, 0]


async def test_every_mistake_is_named_with_its_place_and_nothing_is_written(
    kinerja: CommandLine, sample: Sample, database: AsyncEngine
) -> None:
    units, people = sample
    spoil(people, 4, people.read_text("utf-8").splitlines()[3].split(",")[0], "123")
    spoil(people, 8, ",PNS,", ",ASN,")
    answer = await kinerja("import-roster", units, people, "--apply")
    assert answer.code == 1
    assert f"{people}:4: nip: " in answer.out
    assert f"{people}:8: jenis_asn: " in answer.out
    assert "2 rows are refused and nothing was written" in answer.err
    assert await people_in(database) == 0


async def test_a_check_with_refused_rows_ends_like_a_failed_one(kinerja: CommandLine, sample: Sample) -> None:
    spoil(sample[1], 8, ",PNS,", ",ASN,")
    assert (await kinerja("import-roster", *sample)).code == 1
    assert (await kinerja("import-roster", *sample, "--without-refused")).code == 0


async def test_refused_rows_are_left_out_when_that_is_wanted(
    kinerja: CommandLine, sample: Sample, database: AsyncEngine
) -> None:
    spoil(sample[1], 8, ",PNS,", ",ASN,")
    answer = await kinerja("import-roster", *sample, "--apply", "--without-refused")
    assert answer.code == 0
    assert numbers_of(answer.out, "People")[:4] == [59, 0, 0, 1]
    assert await people_in(database) == 59


async def test_changed_columns_are_counted_with_an_example(kinerja: CommandLine, sample: Sample) -> None:
    await kinerja("import-roster", *sample, "--apply")
    spoil(sample[1], 8, ",PNS,01,", ",PNS,03,")
    answer = await kinerja("import-roster", *sample)
    (line,) = [line for line in answer.out.splitlines() if "kedudukan_hukum" in line]
    assert "01 → 03" in line


async def test_who_vanished_is_listed_by_name_and_masked_number(kinerja: CommandLine, sample: Sample) -> None:
    await kinerja("import-roster", *sample, "--apply")
    lines = sample[1].read_text("utf-8").splitlines()
    gone = lines.pop().split(",")
    sample[1].write_text("\n".join(lines), "utf-8")
    answer = await kinerja("import-roster", *sample)
    assert f"{gone[1]} ({'*' * 15}{gone[0][-3:]})" in answer.out


async def test_many_findings_of_one_cause_are_shown_by_examples(kinerja: CommandLine, sample: Sample) -> None:
    text = sample[1].read_text("utf-8").replace(".example,", "@,")
    sample[1].write_text(text, "utf-8")
    answer = await kinerja("import-roster", *sample)
    assert "and 57 more: email_malformed" in answer.out


async def test_no_whole_number_of_anybody_is_printed(kinerja: CommandLine, sample: Sample) -> None:
    numbers = [line.split(",")[0] for line in sample[1].read_text("utf-8").splitlines()[1:]]
    sample[1].write_text(
        sample[1].read_text("utf-8") + sample[1].read_text("utf-8").partition("\n")[2], "utf-8"
    )
    answer = await kinerja("import-roster", *sample)
    assert "duplicate_nip" in answer.out
    assert not any(number in answer.out + answer.err for number in numbers)


async def test_the_verdict_for_every_row_is_written_to_a_file_of_the_owner(
    kinerja: CommandLine, sample: Sample, tmp_path: Path
) -> None:
    report = tmp_path / "verdicts.json"
    spoil(sample[1], 8, ",PNS,", ",ASN,")
    answer = await kinerja("import-roster", *sample, "--report", report)
    assert f"is in {report}" in answer.out
    assert len(json.loads(report.read_text("utf-8"))["rows"]) == 72
    assert stat.S_IMODE(report.stat().st_mode) == 0o600


async def test_a_report_of_another_kind_is_refused_before_anything_is_done(
    kinerja: CommandLine, sample: Sample, database: AsyncEngine
) -> None:
    answer = await kinerja("import-roster", *sample, "--apply", "--report", "verdicts.pdf")
    assert (answer.code, "verdicts.pdf" in answer.err) == (1, True)
    assert await people_in(database) == 0


async def test_workbooks_are_imported_like_text(
    kinerja: CommandLine, sample: Sample, database: AsyncEngine
) -> None:
    for path in sample:
        path.write_bytes(workbook(*table(path.read_text("utf-8"))))
    answer = await kinerja("import-roster", *sample, "--apply")
    assert (answer.code, await people_in(database)) == (0, 60)


async def test_a_mapping_names_the_columns_of_the_agency(
    kinerja: CommandLine, sample: Sample, tmp_path: Path
) -> None:
    spoil(sample[1], 1, "atasan_nip", "NIP Pejabat Penilai")
    mapping = tmp_path / "peta.yaml"
    mapping.write_text("people: {columns: {atasan_nip: NIP Pejabat Penilai}}", "utf-8")
    assert (await kinerja("import-roster", *sample)).code == 1
    answer = await kinerja("import-roster", *sample, "--mapping", mapping)
    assert (answer.code, numbers_of(answer.out, "Raters")[0]) == (0, 59)


async def test_a_mistake_in_a_mapping_is_told_with_its_line(
    kinerja: CommandLine, sample: Sample, tmp_path: Path
) -> None:
    mapping = tmp_path / "peta.yaml"
    mapping.write_text("people:\n  colums: {}\n", "utf-8")
    answer = await kinerja("import-roster", *sample, "--mapping", mapping)
    assert answer.code == 1
    assert "peta.yaml:2: people.colums: is not a known field; did you mean columns?" in answer.err


async def test_a_mapping_that_is_not_there_is_told_with_those_that_are(
    kinerja: CommandLine, sample: Sample
) -> None:
    answer = await kinerja("import-roster", *sample, "--mapping", "nowhere.yaml")
    assert (answer.code, "siasn" in answer.err) == (1, True)


async def test_notes_about_a_file_go_beside_the_result(kinerja: CommandLine, sample: Sample) -> None:
    spoil(sample[0], 1, "zona_waktu", "zona_waktu,luas")
    text = sample[0].read_text("utf-8")
    sample[0].write_text(text.replace("Asia/Jakarta", "Asia/Jakarta,7"), "utf-8")
    answer = await kinerja("import-roster", *sample)
    assert f"{sample[0]}: Columns that nobody needs were left out: luas." in answer.err


async def test_mistakes_are_told_in_indonesian_unless_english_is_asked_for(
    kinerja: CommandLine, sample: Sample
) -> None:
    units, people = sample
    people.write_text("nip\n1\n", "utf-8")
    answer = await CommandLine(kinerja.environment, language="id")("import-roster", units, people)
    assert answer.code == 1
    assert "Kolom berikut tidak ada" in answer.out
    assert "tidak ada yang ditulis" in answer.err


async def test_a_file_that_is_not_there_is_wrong_usage(kinerja: CommandLine, sample: Sample) -> None:
    answer = await kinerja("import-roster", sample[0], "nowhere.csv")
    assert answer.code == 2
    assert "nowhere.csv" in answer.err


async def test_three_files_are_one_too_many(kinerja: CommandLine, sample: Sample) -> None:
    answer = await kinerja("import-roster", *sample, sample[1])
    assert (answer.code, "in this order" in answer.err) == (1, True)


async def test_units_without_one_on_top_need_a_name_for_the_agency(
    kinerja: CommandLine, sample: Sample
) -> None:
    spoil(sample[0], 2, "Kota Contoh,,", "Kota Contoh,U0001,")
    assert "--agency" in (await kinerja("import-roster", *sample)).err


async def test_progress_goes_beside_the_result(kinerja: CommandLine, sample: Sample) -> None:
    answer = await kinerja("import-roster", *sample)
    assert "Reading" not in answer.out
