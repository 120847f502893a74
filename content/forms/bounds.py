"""Limits on what is looked at, and what no database keeps: found in one walk, before anything is checked."""

import math
from collections.abc import Iterable, Iterator
from typing import Final

from pydantic import JsonValue

from content.forms.kinds.text import printable
from content.forms.mistakes import Mistake, Path, Reason

MOST_PARTS: Final = 20_000
"""Values, lists and objects of one filled form in all."""
MOST_CHARACTERS: Final = 1_000_000
"""Characters of one filled form in all, names included."""
MOST_LEVELS: Final = 10
"""Lists and objects in one another; a target in a row in a row of a section is at the seventh level."""
MOST_BITS: Final = 128
"""Of a whole number: beyond it, only writing it down takes longer than all the rest."""


def excess(filled: JsonValue) -> Mistake | None:
    """The one mistake of a form that is too large or too deep to look at; the walk ends there."""
    characters = 0
    for parts, (path, value) in enumerate(walk(filled), start=1):
        if isinstance(value, str):
            characters += len(value)
        elif isinstance(value, dict):
            characters += sum(map(len, value))
        if len(path) > MOST_LEVELS:
            return Mistake(path[:1], Reason.TOO_DEEP, {"most": str(MOST_LEVELS)})
        if parts > MOST_PARTS:
            return Mistake(path[:1], Reason.TOO_MUCH, {"most": str(MOST_PARTS)})
        if characters > MOST_CHARACTERS:
            return Mistake(path[:1], Reason.TOO_MUCH, {"most": str(MOST_CHARACTERS)})
        if isinstance(value, int) and value.bit_length() > MOST_BITS:
            return Mistake(path, Reason.TOO_LARGE, {"most": f"2^{MOST_BITS}"})
    return None


def unstorable(filled: JsonValue) -> tuple[Mistake, ...]:
    """Why a draft cannot be kept as it is. A draft may be unfinished and wrong, but not beyond limits or unwritable.

    PostgreSQL's jsonb refuses the character 0 and halves of surrogate pairs; JSON has no infinite number.
    """
    too_much = excess(filled)
    if too_much is not None:
        return (too_much,)
    if not isinstance(filled, dict):
        return (Mistake((), Reason.WRONG_TYPE, {"expected": "object"}),)
    return tuple(_unwritable(filled))


def walk(value: JsonValue) -> Iterator[tuple[Path, JsonValue]]:
    """Every value with its path, each list and object before what it holds. It takes no step ahead of its reader."""
    yield (), value
    rest = [_members((), value)]
    while rest:
        member = next(rest[-1], None)
        if member is None:
            rest.pop()
            continue
        yield member
        rest.append(_members(*member))


def _members(path: Path, value: JsonValue) -> Iterator[tuple[Path, JsonValue]]:
    members: Iterable[tuple[str | int, JsonValue]] = ()
    if isinstance(value, dict):
        members = value.items()
    elif isinstance(value, list):
        members = enumerate(value)
    for name, member in members:
        yield (*path, name), member


def _unwritable(filled: JsonValue) -> Iterator[Mistake]:
    for path, value in walk(filled):
        texts = value if isinstance(value, dict) else [value]
        if not all(printable(text) for text in texts if isinstance(text, str)):
            yield Mistake(path, Reason.UNPRINTABLE)
        elif isinstance(value, float) and not math.isfinite(value):
            yield Mistake(path, Reason.WRONG_TYPE, {"expected": "number"})
