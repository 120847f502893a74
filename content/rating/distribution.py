"""How the predicates of a unit are spread, beside what the organisation's predicate makes expect.

It is a picture with warnings (SE MenPANRB 3/2023): nothing here changes, or can change, anybody's rating.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from content.rating.exact import exact, shown
from content.rating.rules import DistributionRules, Limit
from content.scales import Scale


class Verdict(StrEnum):
    """How a unit stands to one limit."""

    MET = "met"
    NOT_MET = "not_met"
    TOO_SMALL = "too_small"
    """Not met, in a unit so small that whole people cannot meet percentages: shown, and no warning."""


@dataclass(frozen=True, slots=True)
class Share:
    """How many people of the unit have a predicate."""

    predicate: str
    people: int
    percent: float
    """Of the people rated; 0 where nobody is."""


@dataclass(frozen=True, slots=True)
class LimitState:
    """One limit with what the unit has."""

    limit: Limit
    people: int
    percent: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Distribution:
    """The picture of one unit."""

    level: str | None
    """The organisation's predicate; None: it is not set yet, and nothing is expected."""
    people: int
    """How many have a predicate. Who has none yet is not counted at all."""
    shares: tuple[Share, ...]
    """By predicate, the best first."""
    limits: tuple[LimitState, ...]

    @property
    def warnings(self) -> tuple[LimitState, ...]:
        """The limits that are not met. They ask for a written reason and block nothing."""
        return tuple(each for each in self.limits if each.verdict is Verdict.NOT_MET)


def distribution(
    rules: DistributionRules | None, predicates: Scale, level: str | None, given: Iterable[str]
) -> Distribution:
    """The picture of the predicates ``given`` in a unit whose organisation has the predicate ``level``.

    A scheme without ``rules`` expects nothing. Raises `ValueError` for a predicate that the scale does not know.
    """
    counts = Counter(given)
    if unknown := counts.keys() - set(predicates.names):
        raise ValueError(f"unknown predicates: {', '.join(sorted(unknown))}")
    people = counts.total()
    shares = tuple(
        Share(name, counts[name], shown(_percent(counts[name], people))) for name in predicates.names
    )
    if rules is None or level is None:
        return Distribution(level, people, shares, ())
    expected = rules.expected.get(level, ())
    return Distribution(
        level, people, shares, tuple(_state(limit, counts, rules.smallest_unit) for limit in expected)
    )


def _state(limit: Limit, counts: Counter[str], smallest: int) -> LimitState:
    people = sum(counts[name] for name in set(limit.predicates))
    percent = _percent(people, counts.total())
    if counts.total() and _is_met(limit, people, percent, counts):
        verdict = Verdict.MET
    else:
        verdict = Verdict.NOT_MET if counts.total() >= smallest else Verdict.TOO_SMALL
    return LimitState(limit, people, shown(percent), verdict)


def _is_met(limit: Limit, people: int, percent: Fraction, counts: Counter[str]) -> bool:
    others = max((number for name, number in counts.items() if name not in limit.predicates), default=0)
    return (
        percent >= (exact(limit.at_least) or 0)
        and (limit.at_most is None or percent <= Fraction(str(limit.at_most)))
        and (not limit.largest or people >= others)
        and (not limit.some or people > 0)
    )


def _percent(part: int, whole: int) -> Fraction:
    return Fraction(100 * part, whole) if whole else Fraction(0)
