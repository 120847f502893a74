"""Reads the records of a CSV file."""

import csv
import io
from collections.abc import Iterator

from service.roster.refusal import FileRefused
from translations import mark as _

Record = tuple[int, list[str]]
"""The number of the record's first line, from 1, and its cells unchanged."""

_HEADER_WITHIN = 65_536
_SEPARATORS = ",;\t"


def csv_records(content: bytes, encoding: str) -> Iterator[Record]:
    """Every record. The first line shows whether commas, semicolons or tabs separate the cells.

    Raises `FileRefused` if quotation marks do not match: no line after that can be trusted.
    """
    separator, declared = _separator(content[:_HEADER_WITHIN].decode(encoding, errors="ignore"))
    with io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="") as lines:
        reader = csv.reader(lines, delimiter=separator, strict=True)
        start = 1
        try:
            for record in reader:
                number, start = start, reader.line_num + 1
                if declared and number == 1:
                    continue
                yield number, record
        except csv.Error as error:
            raise FileRefused(
                "quoting",
                _("The line cannot be read as CSV ({detail}). Check its quotation marks."),
                line=start,
                detail=str(error),
            ) from error


def _separator(beginning: str) -> tuple[str, bool]:
    """The separator, and whether the first line only declares it (``sep=;``)."""
    header = beginning.lstrip("\r\n \ufeff").partition("\n")[0].rstrip("\r")
    if len(header) == 5 and header.lower().startswith("sep=") and header[4] in _SEPARATORS:
        return header[4], True
    # Spreadsheets set to Indonesian write semicolons, because their decimal sign is the comma.
    return max(_SEPARATORS, key=header.count), False
