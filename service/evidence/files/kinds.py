"""The kinds of files that are taken as evidence, and how their names end."""

import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file by its content."""

    media_type: str
    endings: tuple[str, ...]
    """How the names of such files may end, the usual one first."""


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."

PDF = FileKind("application/pdf", ("pdf",))
PNG = FileKind("image/png", ("png",))
JPEG = FileKind("image/jpeg", ("jpg", "jpeg", "jpe", "jfif"))
WEBP = FileKind("image/webp", ("webp",))
DOCX = FileKind(f"{_OFFICE}wordprocessingml.document", ("docx",))
XLSX = FileKind(f"{_OFFICE}spreadsheetml.sheet", ("xlsx",))
PPTX = FileKind(f"{_OFFICE}presentationml.presentation", ("pptx",))
ODT = FileKind(f"{_OPEN}text", ("odt",))
ODS = FileKind(f"{_OPEN}spreadsheet", ("ods",))
TEXT = FileKind("text/plain", ("txt", "csv"))

KINDS = (PDF, PNG, JPEG, WEBP, DOCX, XLSX, PPTX, ODT, ODS, TEXT)
TAKEN = "PDF, PNG, JPEG, WebP, DOCX, XLSX, PPTX, ODT, ODS, CSV, TXT"
"""The same in words that people know."""
CSV = "text/csv"
"""A text whose name ends so; by its content alone it is no other than any text."""
MEDIA_TYPES = (*(kind.media_type for kind in KINDS), CSV)

_PROGRAMS = dict.fromkeys(
    ("bat", "cmd", "com", "cpl", "dll", "exe", "hta", "jar", "lnk", "msi", "ps1", "scr", "vbs", "wsf"),
    "application/x-msdownload",
)
# The table of Python alone: that of the machine differs from machine to machine.
_KNOWN: Mapping[str, str] = {
    **{ending.lstrip("."): name for ending, name in mimetypes.MimeTypes(()).types_map[True].items()},
    **_PROGRAMS,
    **{ending: kind.media_type for kind in KINDS for ending in kind.endings},
    "csv": CSV,
}


def type_by_name(name: str) -> str | None:
    """The media type that the name of a file claims; None where it ends in nothing known."""
    _, dot, ending = name.rpartition(".")
    return _KNOWN.get(ending.lower()) if dot else None


def shown_type(media_type: str, name: str) -> str:
    """The media type of a kept file: a text that is called so is a table."""
    return CSV if media_type == TEXT.media_type and name.lower().endswith(".csv") else media_type
