"""A file as it came in, on disk and not yet examined."""

import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from service.evidence.files.content import Content


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """What somebody sent. The caller closes the file, which then is gone."""

    name: str
    """As its sender calls it."""
    file: BinaryIO
    size: int
    """Bytes."""
    digest: str
    """SHA-256 in hex."""

    @contextmanager
    def content(self) -> Iterator[Content]:
        """The bytes in their place on disk; an empty file has none."""
        self.file.flush()
        if self.size == 0:
            yield b""
            return
        with mmap.mmap(self.file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            yield mapped

    def read(self) -> bytes:
        """All bytes, in memory."""
        self.file.seek(0)
        return self.file.read()
