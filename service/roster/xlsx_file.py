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
"""Spreadsheets keep fifteen digits of a number; a longer number loses its last digits."""


def xlsx_records(
    content: bytes, sheet: str | None, written: Callable[[dt.date], str]
) -> tuple[int, Iterator[Record]]:
    """The number of rows of a sheet, and every row. ``sheet`` names the sheet; None means the first one.

    ``written`` turns a real date into text. Raises `FileRefused` if the workbook or the sheet cannot be read.
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
    """The text that a reader of the cell would write down."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, float):
        if not cell.is_integer():
            return repr(cell)
        # A damaged number must stay recognisable; if it looked whole, it would pass for the true one.
        return str(int(cell)) if abs(cell) < _EXACT_BELOW else f"{cell:.14E}"
    if isinstance(cell, dt.datetime):
        return written(cell.date())
    if isinstance(cell, dt.date):
        return written(cell)
    return str(cell)
