"""Which counts of a tree of units may be shown, so that no subtraction tells of fewer people than the minimum.

Whoever reads the pictures of a unit and of units below it can subtract one from the other. Each count that is shown of
units below cuts its people out of the unit, and what remains can be told. So a unit shows its count only if both hold:

- of all its people at least the minimum are counted, and at least the minimum are not;
- of the people that remain, once all below is taken away that shows its count, nobody is counted or at least the
  minimum are, and at least the minimum are not; or nobody remains.

Every group that can be told by adding and subtracting shown counts is made of whole remainders, so it is as safe as
they are. A unit of few people never shows anything, and they count in the unit above. Whether a unit shows its count
depends on nothing but itself and what is below it, so that every reader sees the same.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Generic, TypeVar

Unit = TypeVar("Unit", bound=Hashable)

MINIMUM: Final = 3
"""Of fewer people nothing is told."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of some people are counted."""

    counted: int = 0
    of: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.counted + other.counted, self.of + other.of)

    @property
    def may_be_shown(self) -> bool:
        """Whether enough people are counted, and enough are not."""
        return self.counted >= MINIMUM and self.of - self.counted >= MINIMUM

    @property
    def may_be_told(self) -> bool:
        """Whether a subtraction may tell it: as before, or nobody is counted of people enough, or of nobody."""
        return self.of == 0 or (self.counted == 0 and self.of >= MINIMUM) or self.may_be_shown


_NOBODY: Final = Tally()


@dataclass(frozen=True, slots=True)
class Tree(Generic[Unit]):
    """Units with what each is below."""

    top: Unit
    upwards: tuple[tuple[Unit, Unit | None], ...]
    """Each unit with the one above it, after all that is below it; the top comes last and has nothing above it."""

    @classmethod
    def of(cls, top: Unit, parents: Iterable[tuple[Unit, Unit | None]]) -> "Tree[Unit]":
        """The tree from each unit's parent."""
        below: dict[Unit | None, list[Unit]] = {}
        for unit, parent in parents:
            if unit != top:
                below.setdefault(parent, []).append(unit)
        found: list[tuple[Unit, Unit | None]] = [(top, None)]
        for unit, _above in found:
            found += [(each, unit) for each in below.get(unit, ())]
        return cls(top, tuple(reversed(found)))


def shown(tree: Tree[Unit], own: Mapping[Unit, Tally]) -> Mapping[Unit, int]:
    """The counts that may be shown, by unit: of the unit with all that is below it.

    ``own`` are the tallies of each unit's people, without those below.
    """
    whole, remains = dict(own), dict(own)
    counts: dict[Unit, int] = {}
    for unit, above in tree.upwards:
        people, left = whole.get(unit), remains.get(unit, _NOBODY)
        if people is None:
            continue
        if people.may_be_shown and left.may_be_told:
            counts[unit], left = people.counted, _NOBODY
        if above is not None:
            whole[above] = people + whole[above] if above in whole else people
            remains[above] = left + remains.get(above, _NOBODY) if left.of else remains.get(above, _NOBODY)
    return counts
