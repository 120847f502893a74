"""Checks a workbook before it is opened, so that a small file cannot use up the memory."""

import io
import re
import struct
import zipfile
import zlib

from service.roster.refusal import FileRefused
from translations import mark as _

MOST_UNPACKED = 600_000_000
"""Most unpacked bytes of all parts of a workbook together. A hundred thousand rows of fifteen columns have 70 MB."""
MOST_ROWS = 300_000
MOST_CELLS = 24_000_000
"""Most cells in the rectangle around everything on a sheet. The reader puts the whole rectangle in memory."""

_PIECE = 1 << 20
_LOCAL_HEADER = 30
_REFERENCE = re.compile(rb"""\sr=["']([A-Z]{0,3})([0-9]{1,9})["']""")
_LONGEST_REFERENCE = 24


def check_workbook(content: bytes) -> None:
    """Raises `FileRefused` if it is no workbook, is too large when unpacked, or spans too many cells."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
        raise broken() from error
    unpacked = 0
    for part in parts:
        unpacked += _check_part(content, part, MOST_UNPACKED - unpacked)


def broken() -> FileRefused:
    """The refusal of a workbook that cannot be read."""
    return FileRefused(
        "broken_workbook",
        _("The workbook cannot be read. Open it in a spreadsheet and save it as XLSX again."),
    )


def too_large() -> FileRefused:
    """The refusal of a workbook beyond the limits."""
    return FileRefused(
        "too_large",
        _("The workbook is too large: at most {rows} rows. Delete unused rows and columns, or use CSV."),
        rows=str(MOST_ROWS),
    )


def _check_part(content: bytes, part: zipfile.ZipInfo, allowed: int) -> int:
    """How many bytes the part really unpacks to. The size that the archive states is not trusted."""
    header = content[part.header_offset : part.header_offset + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or part.flag_bits & 1:
        raise broken()
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    start = part.header_offset + _LOCAL_HEADER + name_length + extra_length
    packed = memoryview(content)[start : start + part.compress_size]
    # Every part is checked, because a workbook can use a part of any name as a sheet.
    span = _Span()
    if part.compress_type == zipfile.ZIP_STORED:
        if len(packed) > allowed:
            raise too_large()
        span.see(bytes(packed))
        return len(packed)
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise broken()
    return _inflate(packed, allowed, span)


def _inflate(packed: memoryview, allowed: int, span: "_Span") -> int:
    inflater = zlib.decompressobj(-15)
    unpacked = 0
    waiting: bytes | memoryview = packed
    try:
        while not inflater.eof:
            piece = inflater.decompress(waiting, _PIECE)
            unpacked += len(piece)
            if unpacked > allowed:
                raise too_large()
            span.see(piece)
            if not piece:
                break
            waiting = inflater.unconsumed_tail
    except zlib.error as error:
        raise broken() from error
    return unpacked


class _Span:
    """The last row and column that the cells of a sheet name."""

    def __init__(self) -> None:
        self._row = 1
        self._column = 1
        self._rest = b""

    def see(self, piece: bytes) -> None:
        """Takes in the next piece of the sheet. Raises `FileRefused` if the sheet spans too many cells."""
        text = self._rest + piece
        self._rest = text[-_LONGEST_REFERENCE:]
        found = _REFERENCE.findall(text)
        if not found:
            return
        self._row = max(self._row, max(int(row) for _, row in found))
        self._column = max(self._column, *map(_number, {letters for letters, _ in found}))
        if self._row > MOST_ROWS or self._row * self._column > MOST_CELLS:
            raise too_large()


def _number(letters: bytes) -> int:
    """The number of a column: 28 for ``AB``; 0 for a row, whose reference has no letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
