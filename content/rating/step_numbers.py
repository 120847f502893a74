"""What the steps of a scale count where numbers are computed from them."""

from collections.abc import Mapping
from fractions import Fraction

from content.rating.exact import exact
from content.scales import Scale


def step_numbers(scale: Scale) -> Mapping[str, Fraction]:
    """The number of each step as the scheme says; without one for every step, 1 for the worst and one more for
    each better step.
    """
    given = {step.name: exact(step.number) for step in scale.steps}
    said = {name: number for name, number in given.items() if number is not None}
    if len(said) == len(given):
        return said
    return {name: Fraction(rank) for rank, name in enumerate(reversed(scale.names), start=1)}
