"""Reports hold every finding and hurt no spreadsheet."""

import csv
import io
import json
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from service.preflight import report
from service.preflight.report import ReportKind, harmless, write_report
from service.preflight.rows import HEADINGS
from store.cycle.causes import Cause, Concern
from store.cycle.obstacles import SkipReason
from store.cycle.preflight import Finding, Named
from translations import Locale


def finding(
    number: int, *, name: str = "Budi", titles: tuple[str, str] = ("", ""), cause: Cause = SkipReason.NO_RATER
) -> Finding:
    return Finding(
        cause,
        Named(uuid.UUID(int=number), name, *titles),
        "197209292000012901",
        "Analis",
        uuid.UUID(int=9_999),
        "7.01",
        "Dinas Contoh",
        None,
        None,
        "",
        1,
    )


async def pages(*parts: list[Finding]) -> AsyncIterator[list[Finding]]:
    for part in parts:
        yield part


async def written(kind: ReportKind, *parts: list[Finding], locale: Locale = Locale.ENGLISH) -> bytes:
    file = io.BytesIO()
    count = await write_report(file, kind, pages(*parts), locale, span=50)
    assert count == sum(map(len, parts))
    return file.getvalue()


def sheets(content: bytes) -> list[list[list[Any]]]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [list(workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names]


async def test_a_csv_has_a_line_for_each_finding_under_its_heading() -> None:
    content = await written(ReportKind.CSV, [finding(1, titles=("Dr.", "M.Si."))], [finding(2), finding(3)])
    heading, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")))
    assert len(heading) == len(HEADINGS)
    line = dict(zip(heading, rows[0], strict=True))
    assert (line["Cause"], line["Name"], line["NIP, masked"]) == (
        "no_rater",
        "Dr. Budi, M.Si.",
        "***************901",
    )
    assert line["Who"] == "Personnel officers, in the roster"
    assert len(rows) == 3


async def test_a_report_speaks_the_language_of_its_reader() -> None:
    content = (await written(ReportKind.CSV, [finding(1)], locale=Locale.INDONESIAN)).decode("utf-8-sig")
    assert content.startswith("Sebab,Akibat,Masalah")
    assert "Pengelola kepegawaian, di data kepegawaian" in content


@pytest.mark.parametrize("kind", tuple(ReportKind))
async def test_no_report_holds_a_whole_nip(kind: ReportKind) -> None:
    content = await written(kind, [finding(1)])
    if kind is ReportKind.XLSX:
        content = repr(sheets(content)).encode()
    assert b"197209292000012901" not in content
    assert b"***901" in content


@pytest.mark.parametrize("sign", ("=", "+", "-", "@", "\t", "\r", "\n", "＝"))
def test_text_that_begins_like_a_formula_is_marked_as_text(sign: str) -> None:
    assert harmless(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("cell", ("Nama", "", "1-2", 7, -7))
def test_other_cells_stay_as_they_are(cell: str | int) -> None:
    assert harmless(cell) == cell


async def test_a_workbook_holds_formulas_numbers_and_addresses_as_text() -> None:
    names = ["=1+1", "00123", "https://contoh.example", "O'Neil"]
    content = await written(
        ReportKind.XLSX, [finding(number, name=name) for number, name in enumerate(names)]
    )
    ((heading, *rows),) = sheets(content)
    place = heading.index("Name")
    assert [row[place] for row in rows] == names
    assert rows[0][heading.index("Appraisals concerned")] == 1


async def test_rows_that_a_sheet_cannot_hold_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "ROWS_OF_A_SHEET", 2)
    content = await written(ReportKind.XLSX, [finding(number) for number in range(5)])
    assert [len(rows) - 1 for rows in sheets(content)] == [2, 2, 1]


async def test_json_is_a_list_of_objects() -> None:
    rows = json.loads(await written(ReportKind.JSON, [finding(1)], [finding(2, cause=Concern.EMAIL_MISSING)]))
    assert [row["cause"] for row in rows] == ["no_rater", "email_missing"]
    assert set(rows[0]) == set(HEADINGS)


@pytest.mark.parametrize("kind", tuple(ReportKind))
async def test_a_report_without_findings_can_be_read(kind: ReportKind) -> None:
    content = await written(kind)
    match kind:
        case ReportKind.CSV:
            assert len(list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))) == 1
        case ReportKind.XLSX:
            assert [len(rows) for rows in sheets(content)] == [1]
        case ReportKind.JSON:
            assert json.loads(content) == []
