"""What is known of somebody, from which follows for what he is proposed and what he is credited with."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Settled(StrEnum):
    """Whether a result may be built on."""

    FINAL = "final"
    NOT_FINAL = "not_final"
    """Its case is not finalised yet."""
    UNDER_OBJECTION = "under_objection"


class Source(StrEnum):
    """From where the result of a year is known."""

    APPRAISAL = "appraisal"
    EARLIER_RESULT = "earlier_result"
    """A year before the appraisals here, as the personnel officers handed it in."""


@dataclass(frozen=True, slots=True)
class YearResult:
    """The predicate of somebody's year."""

    predicate: str | None
    """A step of the scheme that is asked; None for a result that this scheme has no step for."""
    settled: Settled
    source: Source


@dataclass(frozen=True, slots=True)
class Counted:
    """How many entries of a kind were noted in the year."""

    entries: int = 0
    within: int = 0
    """Those of them that the kind counts apart."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What nominations and awards are decided on."""

    year: int
    """The appraised year."""
    results: Mapping[int, YearResult]
    """By year; a year of which nothing is known is not here."""
    entries: Mapping[str, Counted] = field(default_factory=dict)
    """By kind, in the appraised year."""


@dataclass(frozen=True, slots=True)
class RatedPeriod:
    """A period of the appraised year under one post, for which credit points are given."""

    first: dt.date
    last: dt.date
    predicate: str
    settled: Settled

    @property
    def months(self) -> int:
        """Its whole months: 1 January to 31 December are 12, 1 January to 15 May are 4."""
        after = self.last + dt.timedelta(days=1)
        months = 12 * (after.year - self.first.year) + after.month - self.first.month
        return max(months - (after.day < self.first.day), 0)
