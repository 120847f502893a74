"""How far reading, comparing and writing have come."""

from collections.abc import Callable
from enum import StrEnum


class Stage(StrEnum):
    """What an import does, one after the other."""

    READING = "reading"
    COMPARING = "comparing"
    WRITING = "writing"


Watcher = Callable[[Stage, int, int], None]
"""Is told the stage, how many rows are done in it, and of how many; the latter is an estimate while reading."""

ROWS_BETWEEN = 2_000
"""So many rows go by before a watcher is told again."""


def unwatched(_stage: Stage, _done: int, _total: int) -> None:
    """Nobody looks."""
