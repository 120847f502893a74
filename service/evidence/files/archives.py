"""Tells office documents apart by the list of their parts. No part is ever unpacked."""

import io
import re
import struct
import zipfile

from service.evidence.files.content import BrokenFile, Content, end_of_archive
from service.evidence.files.kinds import DOCX, ODS, ODT, PPTX, XLSX, FileKind

BEGINS = b"PK\x03\x04"

_LARGEST_LIST = 1 << 20
"""Bytes of the list of parts. A thousand pictures in a presentation take a tenth of it."""
_MOST_UNPACKED = 1 << 30
_PROGRAM = re.compile(
    r"(?:^basic/|^scripts/|vbaproject\.bin$|\.(?:exe|dll|com|scr|bat|cmd|ps1|vbs|js|jar|msi)$)"
)
_OUTSIDE = re.compile(r"^[/\\]|(?:^|[/\\])\.\.(?:[/\\]|$)|^[A-Za-z]:|[\0-\x1f]")
_MAIN_PARTS = (
    (re.compile(r"word/document\d*\.xml"), DOCX),
    (re.compile(r"xl/workbook\d*\.xml"), XLSX),
    (re.compile(r"ppt/presentation\d*\.xml"), PPTX),
)
_TYPE_NAME = b"mimetype"


class HoldsProgram(BrokenFile):
    """An office document with macros, or with a program in it."""


class UnpacksTooLarge(BrokenFile):
    """A small archive that says of itself that it becomes a very large one."""


def office_kind(content: Content) -> FileKind | None:
    """The kind of an office document; None for an archive of anything else. Raises `BrokenFile`."""
    names = [part.filename for part in _parts(content)]
    found = _open_document(content) or _open_xml(names)
    if found is not None and any(_PROGRAM.search(name.lower()) for name in names):
        raise HoldsProgram
    return found


def _parts(content: Content) -> list[zipfile.ZipInfo]:
    """The list of parts, which must fill the file together with the parts, as every office program writes it."""
    end = end_of_archive(content)
    if end is None:
        raise BrokenFile
    size, start = struct.unpack("<II", content[end + 12 : end + 20])
    if size > _LARGEST_LIST or start + size != end:
        raise BrokenFile
    try:
        # The list alone, as if the parts had stood before it: their places count from its beginning then.
        with zipfile.ZipFile(io.BytesIO(content[start:])) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, struct.error, EOFError) as error:
        raise BrokenFile from error
    if not parts or min(part.header_offset for part in parts) != -start:
        raise BrokenFile
    if any(_OUTSIDE.search(part.filename) or part.flag_bits & 1 for part in parts):
        raise BrokenFile
    if sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise UnpacksTooLarge
    return parts


def _open_xml(names: list[str]) -> FileKind | None:
    """A document of ECMA-376, by the part that holds it."""
    if "[Content_Types].xml" not in names:
        return None
    return next((kind for part, kind in _MAIN_PARTS if any(map(part.fullmatch, names))), None)


def _open_document(content: Content) -> FileKind | None:
    """A document of ISO/IEC 26300: its first part, which is not packed, is its media type."""
    if content[30:38] != _TYPE_NAME or content[8:10] != b"\0\0":
        return None
    start = 38 + int.from_bytes(content[28:30], "little")
    stated = content[start : start + int.from_bytes(content[18:22], "little")]
    return next((kind for kind in (ODT, ODS) if stated == kind.media_type.encode()), None)
