"""A CSV file as lines of named cells."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass

from service.roster.rows import RosterFile, RowProblem
from translations import mark as _


@dataclass(frozen=True)
class Line:
    """One record; ``number`` is that of its first line in the file."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """The records that have the right number of cells, and what is wrong with the others."""

    lines: tuple[Line, ...]
    problems: tuple[RowProblem, ...]


def read_table(content: bytes, file: RosterFile, columns: tuple[str, ...]) -> Table:
    """Read UTF-8 with or without a byte-order mark, separated by commas or semicolons, columns in any order.

    A file whose encoding, quoting or header is wrong gives no lines, only problems.
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _unreadable(
            file,
            content.count(b"\n", 0, error.start) + 1,
            "encoding",
            _("The file is not UTF-8. Save it as “CSV UTF-8”."),
        )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    lines: list[Line] = []
    problems: list[RowProblem] = []
    header: list[str] | None = None
    start = 1
    try:
        for record in reader:
            number, start = start, reader.line_num + 1
            cells = [cell.strip() for cell in record]
            if not any(cells):
                continue
            if header is None:
                header = [cell.lower() for cell in cells]
                problems += _header_problems(file, number, header, columns)
                if problems:
                    return Table((), tuple(problems))
            elif len(cells) != len(header):
                problems.append(_wrong_cell_count(file, number, len(cells), len(header)))
            else:
                lines.append(Line(number, dict(zip(header, cells, strict=True))))
    except csv.Error as error:
        return _unreadable(
            file,
            start,
            "quoting",
            _("The line cannot be read as CSV ({detail}). Check its quotation marks."),
            detail=str(error),
        )
    if header is None:
        return _unreadable(
            file,
            1,
            "empty",
            _("The file is empty. Its first line must name the columns: {columns}."),
            columns=", ".join(columns),
        )
    if not lines and not problems:
        return _unreadable(file, 1, "no_rows", _("The file names its columns but has no line below them."))
    return Table(tuple(lines), tuple(problems))


def _delimiter(text: str) -> str:
    """Spreadsheets set to Indonesian write semicolons, because their decimal sign is the comma."""
    header = text.lstrip().partition("\n")[0]
    return ";" if header.count(";") > header.count(",") else ","


def _header_problems(
    file: RosterFile, number: int, header: list[str], columns: tuple[str, ...]
) -> list[RowProblem]:
    missing = _("The column is missing. The first line must name: {columns}.")
    unknown = _("The column is not known. Remove it or correct its name; known are: {columns}.")
    repeated = _("The column is named twice. Remove one of the two.")
    listing = {"columns": ", ".join(columns)}
    return [
        *(
            RowProblem(file, number, name, "column_missing", missing, listing)
            for name in columns
            if name not in header
        ),
        *(
            RowProblem(file, number, name, "column_unknown", unknown, listing)
            for name in header
            if name not in columns
        ),
        *(
            RowProblem(file, number, name, "column_repeated", repeated)
            for position, name in enumerate(header)
            if name in columns and name in header[:position]
        ),
    ]


def _wrong_cell_count(file: RosterFile, number: int, found: int, expected: int) -> RowProblem:
    return RowProblem(
        file,
        number,
        None,
        "cell_count",
        _("The line has {found} cells instead of {expected}. Quote text that holds the separator."),
        {"found": str(found), "expected": str(expected)},
    )


def _unreadable(file: RosterFile, number: int, code: str, message: str, **parameters: str) -> Table:
    return Table((), (RowProblem(file, number, None, code, message, parameters),))
