"""Writes the verdict for every row into a file that only its owner can read."""

import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import xlsxwriter

from service.roster.verdicts import Verdict, Verdicts
from translations import Locale

KINDS = (".csv", ".xlsx", ".json")
"""The kinds of report, by the end of the file's name."""

_HEADER = ("file", "line", "key", "verdict", "column", "code", "before", "after", "reason")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet reads text that begins with one of these as a formula."""

Entry = tuple[str, int | str, str, str, str, str, str, str, str]


def write_report(path: Path, verdicts: Verdicts, locale: Locale) -> None:
    """Writes ``path`` with mode 0600. The end of its name chooses CSV, XLSX or JSON.

    NIPs are masked; the line number tells who is meant. Raises `ValueError` for another kind, and OSError as
    ``open`` does.
    """
    kind = path.suffix.lower()
    if kind not in KINDS:
        raise ValueError(f"report: {path.name} must end in {', '.join(KINDS)}")
    with _private(path) as file:
        if kind == ".csv":
            _write_csv(file, verdicts, locale)
        elif kind == ".xlsx":
            _write_xlsx(file, verdicts, locale)
        else:
            _write_json(file, verdicts, locale)


def _private(path: Path) -> IO[bytes]:
    """Opens the file, empties it and closes it to other users, even if it existed before."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.fchmod(descriptor, 0o600)
    return os.fdopen(descriptor, "wb")


def _entries(verdicts: Verdicts, locale: Locale) -> Iterator[Entry]:
    """One entry for each change and each finding of a row, and one for a row that has neither."""
    for row in verdicts.rows:
        start = (row.file.value, row.line, row.shown_key, row.outcome.value)
        for change in row.changes:
            yield (*start, change.column, "", change.before, change.after, "")
        for finding in row.findings:
            yield (*start, finding.column or "", finding.code, "", "", finding.describe(locale))
        if not row.changes and not row.findings:
            yield (*start, "", "", "", "", "")
    for gone in verdicts.vanished:
        yield (gone.file.value, "", gone.shown_key, "vanished", "", "", gone.name, "", "")


def _write_csv(file: IO[bytes], verdicts: Verdicts, locale: Locale) -> None:
    text = _Text(file)
    writer = csv.writer(text)
    text.write("\ufeff")
    writer.writerow(_HEADER)
    for entry in _entries(verdicts, locale):
        writer.writerow([f"'{cell}" if str(cell).startswith(_FORMULA) else cell for cell in entry])


class _Text:
    """Writes text to a file of bytes."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        return self._file.write(text.encode())


def _write_xlsx(file: IO[bytes], verdicts: Verdicts, locale: Locale) -> None:
    with xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet("verdicts")
        sheet.freeze_panes(1, 0)
        sheet.set_column(8, 8, 80)
        for number, entry in enumerate((_HEADER, *_entries(verdicts, locale))):
            for place, cell in enumerate(entry):
                if isinstance(cell, int):
                    sheet.write_number(number, place, cell)
                elif cell:
                    sheet.write_string(number, place, cell)


def _write_json(file: IO[bytes], verdicts: Verdicts, locale: Locale) -> None:
    """Writes an object with ``rows`` and ``vanished`` row by row, so that it is never in memory as a whole."""
    file.write(b'{"rows": [')
    for number, row in enumerate(verdicts.rows):
        file.write((b",\n" if number else b"\n") + _json(_row(row, locale)))
    gone = [{"file": v.file.value, "key": v.shown_key, "name": v.name} for v in verdicts.vanished]
    file.write(b'\n], "vanished": ' + _json(gone) + b"}\n")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _row(row: Verdict, locale: Locale) -> dict[str, object]:
    return {
        "file": row.file.value,
        "line": row.line,
        "key": row.shown_key,
        "verdict": row.outcome.value,
        "changes": [
            {"column": change.column, "before": change.before, "after": change.after}
            for change in row.changes
        ],
        "findings": [
            {"column": finding.column, "code": finding.code, "reason": finding.describe(locale)}
            for finding in row.findings
        ],
    }
