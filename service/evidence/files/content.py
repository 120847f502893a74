"""The content of a file as its examiners see it, and what they raise."""

import mmap
from typing import TypeAlias

Content: TypeAlias = bytes | mmap.mmap
"""Bytes, or a file in their place, so that a large one need not be in memory."""


class BrokenFile(ValueError):
    """A file that begins like one of its kind and is not whole, or is something else as well."""


_END_OF_ARCHIVE = b"PK\x05\x06"
_LONGEST_END = 22 + 0xFFFF


def end_of_archive(content: Content) -> int | None:
    """Where the last record of a ZIP archive stands, which reaches exactly to the end; None for no archive."""
    found = len(content)
    while True:
        found = content.rfind(_END_OF_ARCHIVE, max(0, len(content) - _LONGEST_END), found)
        if found < 0:
            return None
        if found + 22 + int.from_bytes(content[found + 20 : found + 22], "little") == len(content):
            return found


def refuse_archive(content: Content) -> None:
    """Raises `BrokenFile` where a file of another kind can be opened as an archive too."""
    if end_of_archive(content) is not None:
        raise BrokenFile
