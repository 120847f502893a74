"""Rows of a CSV file that spreadsheets open without harm."""

import codecs
import csv
import io
from collections.abc import Iterable, Sequence

MARK = codecs.BOM_UTF8
"""Stands before the first row: without it, Excel reads the file as Windows-1252."""
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


def csv_rows(rows: Iterable[Sequence[str]]) -> bytes:
    """The rows in UTF-8."""
    text = io.StringIO()
    csv.writer(text).writerows([_harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode()


def _harmless(cell: str) -> str:
    """Quotes a cell that a spreadsheet would read as a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell
