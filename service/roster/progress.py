"""Reports the progress of reading, comparing and writing."""

from collections.abc import Callable
from enum import StrEnum


class Stage(StrEnum):
    """The stages of an import, in their order."""

    READING = "reading"
    COMPARING = "comparing"
    WRITING = "writing"


Watcher = Callable[[Stage, int, int], None]
"""Called with the stage, the rows done in it, and the rows in all (an estimate while reading)."""

ROWS_BETWEEN = 2_000
"""While reading, a watcher is called once for this many rows."""


def unwatched(_stage: Stage, _done: int, _total: int) -> None:
    """The watcher that does nothing."""
