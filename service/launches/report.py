"""The results of a launch as a file: CSV in pieces, or XLSX. Both need bounded memory."""

import asyncio
import codecs
import csv
import io
from collections.abc import AsyncIterator, Iterable, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from service.launches.schemas import LaunchResultLine
from service.launches.showing import shown_result
from store.launch.reading import LaunchResult
from translations import Locale, translate
from translations import mark as _

HEADINGS: Sequence[str] = (
    _("Person (id)"),
    _("Name"),
    _("NIP, masked"),
    _("Unit code"),
    _("Unit"),
    _("Outcome"),
    _("Why"),
    _("Who has to do what"),
    _("Appraisal (id)"),
    _("Noted at"),
)
WIDTHS = (38, 36, 21, 14, 36, 14, 40, 60, 38, 21)
_MARK = codecs.BOM_UTF8
"""Without this mark, Excel reads the file as Windows-1252."""
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def headings(locale: Locale) -> list[str]:
    """The names of the columns."""
    return [translate(heading, locale) for heading in HEADINGS]


def cells(line: LaunchResultLine) -> list[str]:
    """One person's line."""
    return [
        str(line.person_id),
        line.full_name,
        line.nip_masked,
        line.unit_code,
        line.unit,
        line.outcome_name,
        line.reason_name,
        line.remedy,
        "" if line.appraisal_id is None else str(line.appraisal_id),
        line.at.isoformat(timespec="seconds"),
    ]


async def csv_pieces(pages: AsyncIterator[list[LaunchResult]], locale: Locale) -> AsyncIterator[bytes]:
    """The file piece by piece, in UTF-8."""
    yield _MARK + _csv([headings(locale)])
    async for page in pages:
        yield _csv(cells(shown_result(row, locale)) for row in page)


async def write_csv(path: Path, pages: AsyncIterator[list[LaunchResult]], locale: Locale) -> int:
    """Writes the CSV file to ``path``; returns the number of people in it."""
    people = 0
    with path.open("wb") as file:
        file.write(_MARK + _csv([headings(locale)]))
        async for page in pages:
            file.write(_csv(cells(shown_result(row, locale)) for row in page))
            people += len(page)
    return people


async def write_xlsx(path: Path, pages: AsyncIterator[list[LaunchResult]], locale: Locale) -> int:
    """Writes the workbook to ``path``, page by page in a thread; returns the number of people in it."""
    workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    people = 0
    try:
        sheet = workbook.add_worksheet()
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, headings(locale), workbook.add_format({"bold": True}))
        async for page in pages:
            rows = [cells(shown_result(row, locale)) for row in page]
            await asyncio.to_thread(_write_rows, sheet, people + 1, rows)
            people += len(page)
    finally:
        await asyncio.to_thread(workbook.close)
    return people


def _write_rows(sheet: Worksheet, first: int, rows: Sequence[Sequence[str]]) -> None:
    for number, row in enumerate(rows, first):
        for column, cell in enumerate(row):
            # Always as text, whatever the cell begins with: never as a formula or a link.
            sheet.write_string(number, column, cell)


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _harmless(cell: str) -> str:
    """Quotes a cell that a spreadsheet would read as a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell
