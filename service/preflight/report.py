"""All findings as a file: CSV, XLSX or JSON, in bounded memory."""

import asyncio
import csv
import io
import json
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Sequence
from enum import StrEnum
from typing import IO, Any

import xlsxwriter

from service.preflight.rows import HEADINGS, Cell, Lines, headings
from store.cycle.preflight import Finding
from translations import Locale, translate
from translations import mark as _

ROWS_OF_A_SHEET = 1_048_575
"""The number of rows that an Excel sheet can hold below its heading."""

_WIDTHS = (22, 14, 50, 50, 30, 38, 32, 21, 36, 14, 36, 32, 32, 30, 12)
_FORMULA_SIGNS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
)  # the last ones are full-width
_AS_TEXT = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


class ReportKind(StrEnum):
    """The kinds of report; the value is the suffix of the file's name."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


async def write_report(
    file: IO[bytes], kind: ReportKind, pages: AsyncIterator[list[Finding]], locale: Locale, *, span: int
) -> int:
    """Writes all findings to ``file`` and leaves it open; returns their number."""
    lines, written = Lines(locale, span), 0
    writer = _WRITERS[kind](file, locale)
    try:
        async for page in pages:
            # In a thread, because packing a thousand rows would hold up other requests for too long.
            await asyncio.to_thread(writer.write, list(lines.of(page)))
            written += len(page)
    finally:
        await asyncio.to_thread(writer.close)
    return written


class _Writer(ABC):
    """Writes rows as they come."""

    def __init__(self, file: IO[bytes], locale: Locale) -> None:
        self._file = file
        self._locale = locale

    @abstractmethod
    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Appends rows."""

    @abstractmethod
    def close(self) -> None:
        """Completes the file."""


class _Csv(_Writer):
    def __init__(self, file: IO[bytes], locale: Locale) -> None:
        super().__init__(file, locale)
        # Without this mark, Excel assumes an old encoding.
        file.write(b"\xef\xbb\xbf")
        self.write([headings(locale)])

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        text = io.StringIO()
        csv.writer(text).writerows([harmless(cell) for cell in row] for row in rows)
        self._file.write(text.getvalue().encode())

    def close(self) -> None:
        self._file.flush()


class _Xlsx(_Writer):
    def __init__(self, file: IO[bytes], locale: Locale) -> None:
        super().__init__(file, locale)
        self._workbook = xlsxwriter.Workbook(file, _AS_TEXT)
        self._bold = self._workbook.add_format({"bold": True})
        self._sheet = self._new_sheet()
        self._row = 0

    def _new_sheet(self) -> Any:
        number = len(self._workbook.worksheets()) + 1
        name = translate(_("Findings"), self._locale)
        sheet = self._workbook.add_worksheet(name if number == 1 else f"{name} {number}")
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, ROWS_OF_A_SHEET, len(HEADINGS) - 1)
        sheet.write_row(0, 0, headings(self._locale), self._bold)
        return sheet

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        for row in rows:
            if self._row == ROWS_OF_A_SHEET:
                self._sheet, self._row = self._new_sheet(), 0
            self._row += 1
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    self._sheet.write_number(self._row, column, cell)
                elif cell:
                    self._sheet.write_string(self._row, column, cell)

    def close(self) -> None:
        self._workbook.close()


class _Json(_Writer):
    """A list of objects whose keys are the same in every language."""

    def __init__(self, file: IO[bytes], locale: Locale) -> None:
        super().__init__(file, locale)
        self._file.write(b"[")
        self._before = b"\n"

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        for row in rows:
            content = json.dumps(dict(zip(HEADINGS, row, strict=True)), ensure_ascii=False)
            self._file.write(self._before + content.encode())
            self._before = b",\n"

    def close(self) -> None:
        self._file.write(b"\n]\n")
        self._file.flush()


_WRITERS: dict[ReportKind, type[_Writer]] = {
    ReportKind.CSV: _Csv,
    ReportKind.XLSX: _Xlsx,
    ReportKind.JSON: _Json,
}


def harmless(cell: Cell) -> Cell:
    """Quotes text that a spreadsheet would read as a formula (OWASP, CSV injection)."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_SIGNS) else cell
