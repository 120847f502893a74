"""On which side of what is expected a single rating lies."""

from collections.abc import Sequence

from content.rating.rules import Band
from content.scales import Scale

TARGET_MET = 100
"""Percent: what was agreed, no more and no less."""


def step_standing(scale: Scale, name: str) -> int:
    """Above 0 for a step better than the middle one, below 0 for a worse one; 0 for the middle step.

    A scale with an even number of steps has no middle step. Raises `ValueError` for a step that it does not have.
    """
    return len(scale.steps) - 1 - 2 * scale.names.index(name)


def number_standing(bands: Sequence[Band], number: float) -> int:
    """The same for a number in percent: 0 in the band in which a target lies that is exactly met.

    Conditions of bands are of no account: they are about the whole score.
    """
    return _band(bands, TARGET_MET) - _band(bands, number)


def _band(bands: Sequence[Band], number: float) -> int:
    *upper, _last = bands
    return next((place for place, band in enumerate(upper) if number >= band.at_least), len(upper))
