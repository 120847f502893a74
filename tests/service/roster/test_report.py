"""The file with the verdict for every row."""

import csv
import io
import json
import stat
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from service.roster import RosterFile, RowProblem
from service.roster.report import KINDS, write_report
from service.roster.verdicts import FieldChange, Outcome, Vanished, Verdict, Verdicts
from tests.service.roster.rosters import CLERK, HEAD, OFFICER
from translations import Locale, mark

NO_SUPERIOR = mark("No superior is named. That is right for the head of the agency only.")
MISSING = RowProblem(RosterFile.PEOPLE, 2, "atasan_nip", "superior_missing", NO_SUPERIOR)
VERDICTS = Verdicts(
    None,
    (
        Verdict(RosterFile.UNITS, 2, "=U1", Outcome.UNCHANGED),
        Verdict(
            RosterFile.PEOPLE,
            2,
            HEAD,
            Outcome.CHANGED,
            (FieldChange("nama", "Farida", "+Farida"), FieldChange("golongan", "IV/c", "IV/d")),
            (MISSING,),
        ),
        Verdict(RosterFile.PEOPLE, 3, OFFICER, Outcome.NEW),
    ),
    (Vanished(RosterFile.PEOPLE, CLERK, "Ani"),),
)
LINES = [
    ["units.csv", "2", "=U1", "unchanged", "", "", "", "", ""],
    ["roster.csv", "2", "*" * 15 + "901", "changed", "nama", "", "Farida", "+Farida", ""],
    ["roster.csv", "2", "*" * 15 + "901", "changed", "golongan", "", "IV/c", "IV/d", ""],
    ["roster.csv", "2", "*" * 15 + "901", "changed", "atasan_nip", "superior_missing", "", "", NO_SUPERIOR],
    ["roster.csv", "3", "*" * 15 + "902", "new", "", "", "", "", ""],
    ["roster.csv", "", "*" * 15 + "903", "vanished", "", "", "Ani", "", ""],
]


def written(path: Path, locale: Locale = Locale.ENGLISH) -> bytes:
    write_report(path, VERDICTS, locale)
    return path.read_bytes()


def test_a_text_report_has_a_line_for_every_change_and_finding(tmp_path: Path) -> None:
    text = written(tmp_path / "v.csv").decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert [[cell.removeprefix("'") for cell in line] for line in lines[1:]] == LINES


def test_text_that_a_spreadsheet_would_take_for_a_formula_is_disarmed(tmp_path: Path) -> None:
    text = written(tmp_path / "v.csv").decode("utf-8-sig")
    assert ",'=U1," in text
    assert ",'+Farida," in text


def test_a_workbook_has_the_same_lines_and_no_formula(tmp_path: Path) -> None:
    content = written(tmp_path / "v.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    shown = [[str(int(cell)) if isinstance(cell, float) else str(cell) for cell in row] for row in rows[1:]]
    assert shown == LINES


def test_a_json_report_has_an_object_for_every_row(tmp_path: Path) -> None:
    report = json.loads(written(tmp_path / "v.json"))
    assert [row["verdict"] for row in report["rows"]] == ["unchanged", "changed", "new"]
    assert report["rows"][1]["changes"][1] == {"column": "golongan", "before": "IV/c", "after": "IV/d"}
    assert report["rows"][1]["findings"][0]["code"] == "superior_missing"
    assert report["vanished"] == [{"file": "roster.csv", "key": "*" * 15 + "903", "name": "Ani"}]


def test_reasons_are_in_the_language_of_the_reader(tmp_path: Path) -> None:
    assert "Atasan tidak disebut" in written(tmp_path / "v.csv", Locale.INDONESIAN).decode()


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_owner_can_read_a_report_even_where_a_file_was_open(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"v{kind}"
    path.write_text("old " * 10_000)
    path.chmod(0o644)
    written(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"old old" not in path.read_bytes()


@pytest.mark.parametrize("kind", (".csv", ".json"))
def test_no_report_holds_a_whole_number(tmp_path: Path, kind: str) -> None:
    content = written(tmp_path / f"v{kind}").decode()
    assert not any(nip in content for nip in (HEAD, OFFICER, CLERK))


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"report: v\.pdf must end in \.csv, \.xlsx, \.json"):
        written(tmp_path / "v.pdf")
