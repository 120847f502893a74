"""How scripted people behave, fixed by their ids, so that a rehearsal can be repeated."""

from collections.abc import Mapping
from enum import StrEnum
from hashlib import blake2b


class Temperament(StrEnum):
    """How a person keeps deadlines."""

    PROMPT = "prompt"
    """Acts within one or two working days."""
    STEADY = "steady"
    """Acts in the middle of the time given."""
    LATE = "late"
    """Acts some working days after the due day, and lets a result lapse in silence."""
    ABSENT = "absent"
    """Never acts: HR steps in after the last escalation."""
    OBJECTING = "objecting"
    """Steady, but objects to the result."""


USUAL_MIX: Mapping[Temperament, float] = {
    Temperament.PROMPT: 0.42,
    Temperament.STEADY: 0.32,
    Temperament.LATE: 0.14,
    Temperament.ABSENT: 0.05,
    Temperament.OBJECTING: 0.07,
}
"""Shares of an agency; with a hundred people every stage and outcome is likely to occur."""

_SCALE = 1 << 16


def temperament_of(person: str, mix: Mapping[Temperament, float] = USUAL_MIX) -> Temperament:
    """The temperament of a person, always the same for the same id and mix.

    Raises `ValueError` when the shares of ``mix`` are negative or all zero.
    """
    total = sum(mix.values())
    if total <= 0 or min(mix.values()) < 0:
        raise ValueError("mix: give shares of zero or more, at least one above zero")
    position = Dice(f"temperament|{person}").fraction(0) * total
    for temperament, share in mix.items():
        position -= share
        if position < 0:
            return temperament
    return max(mix, key=lambda temperament: mix[temperament])


class Dice:
    """Independent throws that come out the same for the same seed."""

    __slots__ = ("_bytes",)

    def __init__(self, seed: str) -> None:
        self._bytes = blake2b(seed.encode(), digest_size=16).digest()

    def fraction(self, throw: int) -> float:
        """Throw number ``throw`` (0 to 7): at least 0, below 1."""
        return int.from_bytes(self._bytes[2 * throw : 2 * throw + 2], "big") / _SCALE

    def happens(self, throw: int, probability: float) -> bool:
        """Whether something of this probability happens."""
        return self.fraction(throw) < probability

    def among(self, throw: int, first: int, last: int) -> int:
        """A whole number from ``first`` to ``last``, both possible."""
        return first + int(self.fraction(throw) * (last - first + 1))
