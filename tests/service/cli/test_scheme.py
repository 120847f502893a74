"""An operator looks at the systems of appraisal, begins one and checks it, without any server."""

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from schemes.loading import builtin_names, load_system
from tests.service.cli.conftest import CommandLine


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("name", builtin_names())
async def test_a_scheme_is_shown_with_stages_forms_rating_and_sight(alone: CommandLine, name: str) -> None:
    answer = await alone("scheme", "show", name)
    assert answer.code == 0, answer.err
    for expected in ("Deadlines", "countersign", "Plan", "Notes of the year", "Predicate (", "Who sees what"):
        assert expected in answer.out


async def test_a_matrix_is_shown_with_its_nine_cells(alone: CommandLine) -> None:
    answer = await alone("scheme", "show", "nasional")
    row = re.search(r"Above expectations +│ (.+?) │ (.+?) │ (.+?) +│", answer.out)
    assert row is not None
    assert [cell.strip() for cell in row.groups()] == ["Poor", "Good", "Very good"]


async def test_a_score_is_shown_with_weights_bands_and_what_the_best_one_needs(alone: CommandLine) -> None:
    answer = await alone("scheme", "show", "pp30-numerik")
    assert re.search(r"60 % +│ 24 % +│ 16 %", answer.out)
    assert re.search(r"Very good +│ 110 +│ innovation.confirmed", answer.out)


async def test_nobody_sees_counselling_by_a_role_and_only_personnel_officers_leniency(
    alone: CommandLine,
) -> None:
    answer = await alone("scheme", "show", "samarinda")
    for line in answer.out.splitlines():
        cells = [cell.strip() for cell in line.split("│")[1:-1]]
        if cells and cells[0].startswith("Coaching and counselling"):
            assert cells[1:] == ["-"] * 5
        if cells and cells[0] == "How raters differ":
            assert cells[1:] == ["-", "-", "-", "-", "sees it"]


async def test_a_scheme_is_shown_in_indonesian(alone: CommandLine) -> None:
    answer = await CommandLine(alone.environment, language="id")("scheme", "show", "gerunggang")
    for expected in ("Penilaian Kinerja Pegawai Kecamatan Gerunggang", "Sangat Baik", "Upaya", "Pengaduan"):
        assert expected in answer.out


async def test_a_scheme_without_forms_says_so(alone: CommandLine) -> None:
    answer = await alone("scheme", "show", "tests/fixtures/nasional-3.yaml")
    assert (answer.code, "plans and ratings are words" in answer.out) == (0, True)


async def test_an_unknown_scheme_is_an_error_that_names_the_known_ones(alone: CommandLine) -> None:
    for command in (("show", "nasionl"), ("new", "daerah", "--from", "nasionl")):
        answer = await alone("scheme", *command)
        assert (answer.code, "samarinda" in answer.err) == (1, True)


@pytest.mark.parametrize("source", builtin_names())
async def test_a_new_scheme_passes_the_check(alone: CommandLine, tmp_path: Path, source: str) -> None:
    begun = await alone("scheme", "new", "daerah", "--from", source, "--into", tmp_path)
    assert begun.code == 0, begun.err
    checked = await alone("scheme", "check", tmp_path / "daerah")
    assert (checked.code, "daerah@1 is in order" in checked.out) == (0, True)
    assert load_system(tmp_path / "daerah").content is not None


async def test_a_new_scheme_tells_an_editor_where_its_schemas_are(alone: CommandLine, tmp_path: Path) -> None:
    await alone("scheme", "new", "daerah", "--into", tmp_path)
    for file in (tmp_path / "daerah").glob("*.yaml"):
        first = file.read_text("utf-8").split("\n")[0]
        named = first.removeprefix("# yaml-language-server: $schema=")
        schema = json.loads((tmp_path / "daerah" / named).read_text("utf-8"))
        Draft202012Validator.check_schema(schema)


async def test_a_new_scheme_may_begin_from_a_folder(alone: CommandLine, tmp_path: Path) -> None:
    await alone("scheme", "new", "daerah", "--into", tmp_path)
    answer = await alone("scheme", "new", "kota", "--from", tmp_path / "daerah", "--into", tmp_path)
    assert answer.code == 0, answer.err
    text = (tmp_path / "kota" / "process.yaml").read_text("utf-8")
    assert text.count("yaml-language-server") == 1
    assert load_system(tmp_path / "kota").book.key == "kota@1"


async def test_what_is_there_is_never_written_over(alone: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "daerah").mkdir()
    answer = await alone("scheme", "new", "daerah", "--into", tmp_path)
    assert (answer.code, "nothing was changed" in answer.err) == (1, True)
    assert names_in(tmp_path / "daerah") == set()


async def test_a_name_that_no_scheme_may_have_writes_nothing(alone: CommandLine, tmp_path: Path) -> None:
    answer = await alone("scheme", "new", "Daerah Baru", "--into", tmp_path)
    assert (answer.code, "small letters, digits and hyphens" in answer.err) == (1, True)
    assert names_in(tmp_path) - {"var"} == set()


async def test_every_mistake_of_every_file_is_named(alone: CommandLine, tmp_path: Path) -> None:
    await alone("scheme", "new", "daerah", "--into", tmp_path)
    for file, old, new in (
        ("forms.yaml", "values: berakhlak", "values: 7"),
        ("rating.yaml", "smallest_unit: 10", "smallest_unit: 0"),
    ):
        path = tmp_path / "daerah" / file
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    answer = await alone("scheme", "check", tmp_path / "daerah")
    assert answer.code == 1
    assert re.search(r"^forms\.yaml:\d+: values: ", answer.err, re.MULTILINE)
    assert re.search(r"^rating\.yaml:\d+: rating\.distribution\.smallest_unit: ", answer.err, re.MULTILINE)


@pytest.mark.parametrize("file", ("process", "forms", "rating", "follow_up"))
async def test_the_schema_of_a_file_is_printed_as_json(alone: CommandLine, file: str) -> None:
    answer = await alone("scheme", "schema", file)
    Draft202012Validator.check_schema(json.loads(answer.out))


async def test_all_schemas_are_printed_by_the_names_of_their_files(alone: CommandLine) -> None:
    assert set(json.loads((await alone("scheme", "schema")).out)) == {
        "process",
        "forms",
        "rating",
        "follow_up",
    }


async def test_another_file_has_no_schema(alone: CommandLine) -> None:
    assert (await alone("scheme", "schema", "survey")).code == 2


async def test_what_happens_on_lapse_is_read_in_words(alone: CommandLine) -> None:
    shown = (await alone("scheme", "show", "nasional")).out
    assert "escalate" not in shown
    assert "auto:" not in shown
    assert "hari kerja" in " ".join(shown.split())
