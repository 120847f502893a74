"""What follows from a result, each with its reasons: why, and why not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

from content.parts import Words


class Code(StrEnum):
    """Kinds of reasons."""

    NO_RESULT = "no_result"
    NOT_FINAL = "not_final"
    UNDER_OBJECTION = "under_objection"
    YEAR_FITS = "year_fits"
    YEAR_DIFFERS = "year_differs"
    YEAR_MISSING = "year_missing"
    YEAR_ON_OTHER_SCALE = "year_on_other_scale"
    EARLIER_NOT_FINAL = "earlier_not_final"
    EARLIER_UNDER_OBJECTION = "earlier_under_objection"
    ENTRIES_ENOUGH = "entries_enough"
    ENTRIES_MISSING = "entries_missing"
    COUNTED_ENOUGH = "counted_enough"
    COUNTED_MISSING = "counted_missing"
    NOT_FUNCTIONAL = "not_functional"
    NO_LEVEL = "no_level"
    NO_SHARE = "no_share"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition, and whether it holds."""

    code: Code
    holds: bool
    facts: Mapping[str, int | float | str] = field(default_factory=dict)
    """Years, numbers, and names of the scheme: steps, kinds of entries, levels of posts."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One thing that may follow from a result."""

    name: str
    label: Words
    gives: Words
    article: str
    reasons: tuple[Reason, ...]

    @property
    def met(self) -> bool:
        """Whether every condition holds. A person decides what comes of it."""
        return all_hold(self.reasons)


@dataclass(frozen=True, slots=True)
class CreditPoints:
    """Credit points of the year."""

    points: Fraction | None
    """Exact; None where none are given."""
    decimals: int
    """They are shown with so many, rounded half up."""
    level: str | None
    article: str
    reasons: tuple[Reason, ...]

    @property
    def met(self) -> bool:
        """Whether they are given for good; of a result that is not final they are computed and may change."""
        return self.points is not None and all_hold(self.reasons)


def all_hold(reasons: Iterable[Reason]) -> bool:
    """Whether each of the reasons holds."""
    return all(reason.holds for reason in reasons)
