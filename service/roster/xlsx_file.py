"""Reads the records of one sheet of an XLSX workbook."""

import datetime as dt
import io
from collections.abc import Callable, Iterator

from python_calamine import CalamineError, CalamineWorkbook, WorksheetNotFound

from service.roster.csv_file import Record
from service.roster.refusal import FileRefused
from service.roster.workbook_guard import broken, check_workbook
from translations import mark as _

SIGNATURE = b"PK"

_EXACT_BELOW = 10**15
"""Spreadsheets keep fifteen digits of a number; of a longer one the last digits are lost."""


def xlsx_records(
    content: bytes, sheet: str | None, written: Callable[[dt.date], str]
) -> tuple[int, Iterator[Record]]:
    """How many rows the sheet spans, and every row: of the first sheet, or of the one called ``sheet``.

    ``written`` turns a real date into the text that stands for it. Raises `FileRefused`.
    """
    check_workbook(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        if not workbook.sheet_names:
            raise broken()
        name = sheet if sheet is not None else workbook.sheet_names[0]
        found = workbook.get_sheet_by_name(name)
    except WorksheetNotFound as error:
        raise FileRefused(
            "no_such_sheet",
            _("The workbook has no sheet {sheet}; it has: {sheets}. Correct the name in the mapping."),
            sheet=name,
            sheets=", ".join(workbook.sheet_names),
        ) from error
    except (CalamineError, OSError) as error:
        raise broken() from error
    rows = (
        (number, [_text(cell, written) for cell in row]) for number, row in enumerate(found.iter_rows(), 1)
    )
    return found.total_height, rows


def _text(cell: object, written: Callable[[dt.date], str]) -> str:
    """What somebody who looks at the cell would write down."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        if not cell.is_integer():
            return repr(cell)
        # Kept recognisable as damaged: a number that looks whole would be taken for the true one.
        return str(int(cell)) if abs(cell) < _EXACT_BELOW else f"{cell:.14E}"
    if isinstance(cell, dt.datetime):
        return written(cell.date())
    if isinstance(cell, dt.date):
        return written(cell)
    return str(cell)
