"""Reads earlier results from a CSV file: ``nip``, ``tahun``, ``kode predikat``, and ``sumber`` where it is given."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.earlier_results.schemas import EarlierYear
from service.roster.csv_file import csv_records
from service.roster.encoding import encoding_of
from translations import mark as _

COLUMNS = ("nip", "tahun", "kode predikat")
SOURCE = "sumber"
NO_COLUMN = _("The file has no column {column}; it needs {columns}.")
NOT_A_YEAR = _("The year must be a number from 2000 to 2100.")
NOT_A_CODE = _("The code of the predicate must be a number from 1 (best) to 5.")
NO_NIP = _("The NIP must have 18 digits.")
LONG_SOURCE = _("The source is longer than 300 characters.")
EMPTY = _("The file has no rows.")


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line of the file that cannot be read."""

    line: int
    message: str
    parameters: dict[str, str]


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The rows of a file, with the line of each, and what is wrong."""

    items: Sequence[EarlierYear]
    lines: Sequence[int]
    bad: Sequence[BadLine]


def read_earlier_results(content: bytes) -> ReadFile:
    """The rows of a file. Raises `service.roster.refusal.FileRefused` for what is no CSV."""
    records = [
        (line, [cell.strip() for cell in cells])
        for line, cells in csv_records(content, encoding_of(content))
        if any(cell.strip() for cell in cells)
    ]
    if not records:
        return ReadFile((), (), [BadLine(1, EMPTY, {})])
    line, header = records[0]
    places = {_column(cell): at for at, cell in enumerate(header)}
    bad = [
        BadLine(line, NO_COLUMN, {"column": column, "columns": ", ".join(COLUMNS)})
        for column in COLUMNS
        if column not in places
    ]
    items: list[EarlierYear] = []
    lines: list[int] = []
    for number, cells in records[1:] if not bad else ():
        given = {column: cells[at] if at < len(cells) else "" for column, at in places.items()}
        wrong = _wrong(given)
        bad += (BadLine(number, each, {}) for each in wrong)
        if not wrong:
            lines.append(number)
            items.append(
                EarlierYear(
                    nip=given["nip"],
                    year=int(given["tahun"]),
                    predicate=int(given["kode predikat"]),
                    source=given.get(SOURCE, ""),
                )
            )
    if not items and not bad:
        bad.append(BadLine(line, EMPTY, {}))
    return ReadFile(items, lines, bad)


def _column(cell: str) -> str:
    return " ".join(cell.lower().replace("_", " ").split())


def _wrong(given: dict[str, str]) -> list[str]:
    wrong = []
    if not (len(given["nip"]) == 18 and given["nip"].isascii() and given["nip"].isdigit()):
        wrong.append(NO_NIP)
    if not _within(given["tahun"], 2000, 2100):
        wrong.append(NOT_A_YEAR)
    if not _within(given["kode predikat"], 1, 5):
        wrong.append(NOT_A_CODE)
    if len(given.get(SOURCE, "")) > 300:
        wrong.append(LONG_SOURCE)
    return wrong


def _within(cell: str, least: int, most: int) -> bool:
    return cell.isascii() and cell.isdigit() and len(cell) <= 4 and least <= int(cell) <= most
