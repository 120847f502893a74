"""The index of a service from counted answers, by the national formula (PermenPANRB 14/2017). Pure.

It is the mean of the means of the elements, times a factor; exact, and rounded once, half a unit up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from content.public.rules import Category, PublicFeedbackRules
from content.rating.exact import rounded_half_up
from content.rules import ContentRules

DECIMALS = 2


@dataclass(frozen=True, slots=True)
class StepCount:
    """How often a step was chosen for an element, both by their names."""

    element: str
    number: Fraction
    """What the step counts."""
    answers: int


@dataclass(frozen=True, slots=True)
class ElementFigure:
    """One element of the survey."""

    element: str
    mean: Decimal
    index: Decimal
    """The mean times the factor."""
    improve: bool
    """Whether it is an area to improve."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the answers come to."""

    index: Decimal
    category: Category
    elements: tuple[ElementFigure, ...]
    """In the order of the form."""

    @property
    def to_improve(self) -> tuple[ElementFigure, ...]:
        """The areas to improve, the worst first; of two alike the one that the form asks first."""
        return tuple(sorted((each for each in self.elements if each.improve), key=lambda each: each.index))


def counted(content: ContentRules, counts: Iterable[tuple[int, int, int]]) -> list[StepCount]:
    """Counts by the place of the element in its list, and of the step on its scale, as the store keeps them."""
    rules = content.public_feedback
    if rules is None:
        return []
    elements = content.lists[rules.elements].names
    steps = content.scales[rules.scale].steps
    return [
        StepCount(elements[element], Fraction(str(steps[step].number)), answers)
        for element, step, answers in counts
    ]


def figures(
    rules: PublicFeedbackRules, elements: Iterable[str], counts: Iterable[StepCount]
) -> Figures | None:
    """The index with its category and elements; None without answers.

    An element that nobody was asked about is left out: a version of the scheme may have had others.
    """
    means = _means(counts)
    if not means:
        return None
    factor = Fraction(str(rules.factor))
    whole = sum(means.values(), Fraction(0)) / len(means) * factor
    index = rounded_half_up(whole, DECIMALS)
    shown = []
    for element in dict.fromkeys([*elements, *means]):
        if element in means:
            theirs = rounded_half_up(means[element] * factor, DECIMALS)
            low = Fraction(theirs) < Fraction(str(rules.improve_below))
            shown.append(
                ElementFigure(element, rounded_half_up(means[element], DECIMALS), theirs, improve=low)
            )
    return Figures(index, category_of(rules, index), tuple(shown))


def category_of(rules: PublicFeedbackRules, index: Decimal) -> Category:
    """The category of a rounded index; the last one is for everything below the others."""
    for category in rules.categories:
        if Fraction(index) >= Fraction(str(category.at_least)):
            return category
    return rules.categories[-1]


def _means(counts: Iterable[StepCount]) -> Mapping[str, Fraction]:
    sums: dict[str, tuple[Fraction, int]] = {}
    for count in counts:
        total, answers = sums.get(count.element, (Fraction(0), 0))
        sums[count.element] = total + count.number * count.answers, answers + count.answers
    return {element: total / answers for element, (total, answers) in sums.items() if answers}
