"""How each rater of a unit rates beside the unit as a whole: a picture for HR, which changes no rating."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from content.rating.exact import shown
from content.rating.step_numbers import step_numbers
from content.scales import Scale

FEWEST_FOR_A_MEAN = 3
"""A mean of fewer people would say what one of them got."""


@dataclass(frozen=True, slots=True)
class Group:
    """How the steps of a scale are spread over the people of one rater, or of the unit."""

    people: int
    counts: Mapping[str, int]
    """By step, the best first; also those that nobody has."""
    mean: float | None
    """Of the numbers of the steps; None for a group under three people."""


@dataclass(frozen=True, slots=True)
class RaterLeniency:
    """One rater beside the unit."""

    rater: str
    group: Group
    difference: float | None
    """The rater's mean less the unit's: above 0 is more lenient. None where either has no mean."""


@dataclass(frozen=True, slots=True)
class Leniency:
    """The unit with all of its raters."""

    unit: Group
    raters: tuple[RaterLeniency, ...]
    """By the rater's id, so that their order says nothing."""


def leniency(scale: Scale, given: Iterable[tuple[str, str]]) -> Leniency:
    """The picture of pairs of a rater's id and the step that he gave to one person.

    Raises `ValueError` for a step that the scale does not know.
    """
    by_rater: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for rater, step in given:
        if step not in scale.names:
            raise ValueError(f"unknown step: {step}")
        by_rater[rater][step] += 1
    unit = sum(by_rater.values(), Counter[str]())
    whole = _mean(scale, unit)
    raters = []
    for rater, counts in sorted(by_rater.items()):
        own = _mean(scale, counts)
        difference = None if own is None or whole is None else shown(own - whole)
        raters.append(RaterLeniency(rater, _group(scale, counts), difference))
    return Leniency(_group(scale, unit), tuple(raters))


def _group(scale: Scale, counts: Counter[str]) -> Group:
    mean = _mean(scale, counts)
    return Group(
        counts.total(), {name: counts[name] for name in scale.names}, None if mean is None else shown(mean)
    )


def _mean(scale: Scale, counts: Counter[str]) -> Fraction | None:
    if counts.total() < FEWEST_FOR_A_MEAN:
        return None
    numbers = step_numbers(scale)
    return sum((numbers[name] * people for name, people in counts.items()), Fraction(0)) / counts.total()
