"""Limits on what is looked at: found in one walk, before anything is checked."""

from dataclasses import dataclass, field
from typing import Final

from pydantic import JsonValue

from content.forms.mistakes import Mistake, Path, Reason
from content.parts import Values

MOST_PARTS: Final = 20_000
"""Values, lists and objects of one filled form in all."""
MOST_CHARACTERS: Final = 1_000_000
"""Characters of one filled form in all, names included."""
MOST_LEVELS: Final = 10
"""Lists and objects in one another; a target in a row in a row of a section is at the sixth level."""
MOST_BITS: Final = 128
"""Of a whole number: beyond it, only writing it down takes longer than all the rest."""


@dataclass
class Survey:
    """What one walk over a filled form saw."""

    ids: set[str] = field(default_factory=set)
    """Everything that stands as an id anywhere."""
    excess: Mistake | None = None
    """The one mistake of a form that is too large or too deep to look at; the walk ended there."""


def survey(filled: Values) -> Survey:
    """Walk over a filled form. Never more than the limits allow is looked at."""
    seen = Survey()
    parts = characters = 0
    rest: list[tuple[Path, int, Values | list[JsonValue]]] = [((), 1, filled)]
    while rest:
        path, level, holder = rest.pop()
        parts += len(holder)
        if parts > MOST_PARTS or level > MOST_LEVELS:
            deep = level > MOST_LEVELS
            reason, most = (Reason.TOO_DEEP, MOST_LEVELS) if deep else (Reason.TOO_MUCH, MOST_PARTS)
            seen.excess = Mistake(path, reason, {"most": str(most)})
            return seen
        if isinstance(holder, dict):
            characters += sum(map(len, holder))
            if isinstance(own := holder.get("id"), str):
                seen.ids.add(own)
        members = holder.items() if isinstance(holder, dict) else enumerate(holder)
        for name, value in members:
            if isinstance(value, str):
                characters += len(value)
            elif isinstance(value, dict | list):
                # The place is told by its section: a longer path would cost more than it tells.
                rest.append((path or (name,), level + 1, value))
            elif isinstance(value, int) and value.bit_length() > MOST_BITS:
                seen.excess = Mistake((*path, name), Reason.TOO_LARGE, {"most": f"2^{MOST_BITS}"})
                return seen
        if characters > MOST_CHARACTERS:
            seen.excess = Mistake(path, Reason.TOO_MUCH, {"most": str(MOST_CHARACTERS)})
            return seen
    return seen
