"""Whether a draft can be kept. It may be unfinished and wrong, but not beyond limits, and it must be writable."""

import math
from collections.abc import Iterator

from pydantic import JsonValue

from content.forms.bounds import survey
from content.forms.mistakes import Mistake, Path, Reason
from content.forms.writing import printable


def unstorable(filled: JsonValue) -> tuple[Mistake, ...]:
    """Why a draft cannot be kept as it is; nothing where it can.

    PostgreSQL's jsonb refuses the character 0 and halves of surrogate pairs; JSON has no infinite number.
    """
    if not isinstance(filled, dict):
        return (Mistake((), Reason.WRONG_TYPE, {"expected": "object"}),)
    excess = survey(filled).excess
    return (excess,) if excess is not None else tuple(_unwritable((), filled))


def _unwritable(path: Path, value: JsonValue) -> Iterator[Mistake]:
    """The survey limits how deep this goes."""
    if isinstance(value, str):
        if not printable(value):
            yield Mistake(path, Reason.UNPRINTABLE)
    elif isinstance(value, float):
        if not math.isfinite(value):
            yield Mistake(path, Reason.WRONG_TYPE, {"expected": "number"})
    elif isinstance(value, dict):
        if not all(map(printable, value)):
            yield Mistake(path, Reason.UNPRINTABLE)
        for name, member in value.items():
            if printable(name):
                yield from _unwritable((*path, name), member)
    elif isinstance(value, list):
        for place, member in enumerate(value):
            yield from _unwritable((*path, place), member)
