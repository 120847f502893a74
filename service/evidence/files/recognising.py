"""Finds out what a file is by its content alone."""

from collections.abc import Callable

import puremagic

from service.evidence.files import archives
from service.evidence.files.content import BrokenFile, Content, refuse_archive
from service.evidence.files.images import (
    JPEG_BEGINS,
    PNG_BEGINS,
    check_jpeg,
    check_png,
    check_webp,
    is_webp,
)
from service.evidence.files.kinds import JPEG, PDF, PNG, TEXT, WEBP, FileKind
from service.evidence.files.texts import is_plain_text

UNKNOWN = "application/octet-stream"

_PDF_BEGINS, _PDF_ENDS = b"%PDF-", b"%%EOF"
_END_WITHIN = 1024
"""Bytes before the end of a PDF within which readers look for its end."""
_HEAD = 4096
_PROGRAMS = (
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"\xcf\xfa\xed\xfe", "application/x-mach-binary"),
    (b"#!", "text/x-shellscript"),
    (archives.BEGINS, "application/zip"),
)
"""What the library has no certain name for."""


def file_kind(content: Content) -> FileKind | None:
    """The kind of the file; None for one that is not taken. Raises `BrokenFile`."""
    check = _examiner(content)
    if check is not None:
        kind, examine = check
        examine(content)
        return kind
    if content[:4] == archives.BEGINS:
        return archives.office_kind(content)
    return TEXT if is_plain_text(content) else None


def other_type(content: Content) -> str:
    """The media type of a file of a kind that is not taken, as far as its beginning tells."""
    head = content[:_HEAD]
    for begins, name in _PROGRAMS:
        if head.startswith(begins):
            return name
    try:
        found = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return UNKNOWN
    return next((match.mime_type for match in found if match.mime_type), UNKNOWN)


def _examiner(content: Content) -> tuple[FileKind, Callable[[Content], None]] | None:
    if content[: len(_PDF_BEGINS)] == _PDF_BEGINS:
        return PDF, _check_pdf
    if content[: len(PNG_BEGINS)] == PNG_BEGINS:
        return PNG, check_png
    if content[: len(JPEG_BEGINS)] == JPEG_BEGINS:
        return JPEG, check_jpeg
    return (WEBP, check_webp) if is_webp(content) else None


def _check_pdf(content: Content) -> None:
    """Raises `BrokenFile` unless the end of the document is the end of the file."""
    if content.rfind(_PDF_ENDS, max(0, len(content) - _END_WITHIN)) < 0:
        raise BrokenFile
    refuse_archive(content)
