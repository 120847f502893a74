"""A score from weighed components, and its band (PP 30/2019 art 41)."""

from collections.abc import Mapping
from fractions import Fraction

from content.forms.mistakes import Mistake, Reason
from content.rating.bands import band_of
from content.rating.components import Computed, Material, computed
from content.rating.exact import exact, rounded_half_up, shown
from content.rating.outcome import Outcome, WorkingStep
from content.rating.rules import NumericMethod, Weighting
from content.rating.unrated import Unrated
from content.rating.wording import step


def numeric_outcome(method: NumericMethod, material: Material) -> Outcome:
    """The predicate of a score, each step of it in the working.

    The first weighting whose components are all there applies; what is absent is named and is not zero.
    Raises `Unrated` if a part of a component is missing, or if no weighting fits what is there.
    """
    parts = {component.name: computed(component, material) for component in method.components}
    weighting = _weighting(method, parts)
    lacking = [mistake for name in weighting.weights for mistake in parts[name].missing]
    if lacking:
        raise Unrated(*lacking)
    working = [each for name in weighting.weights for each in parts[name].working]
    working += [
        step("absent", {"component": name}, None, method.article)
        for name, part in parts.items()
        if part.value is None
    ]
    working.append(step("weighting", dict(weighting.weights), None, weighting.article))
    score = _weighed(method, weighting, parts, working)
    rounded = rounded_half_up(score, method.decimals)
    if Fraction(rounded) != score:
        working.append(step("rounded", {"decimals": method.decimals}, float(rounded), method.article))
    predicate, steps = band_of(method, rounded, material.filled)
    return Outcome(predicate, score=float(rounded), working=(*working, *steps))


def _weighting(method: NumericMethod, parts: Mapping[str, Computed]) -> Weighting:
    for weighting in method.weightings:
        if all(_is_there(parts[name]) for name in weighting.weights):
            return weighting
    # Nothing fits: what the least demanding weighting lacks is what must be given.
    fewest = min(
        (
            [name for name in weighting.weights if not _is_there(parts[name])]
            for weighting in method.weightings
        ),
        key=len,
    )
    raise Unrated(*(Mistake(parts[name].place, Reason.MISSING) for name in fewest))


def _is_there(part: Computed) -> bool:
    """A component of which some parts are missing is there, so that they are asked for, not passed over."""
    return part.value is not None or bool(part.missing)


def _weighed(
    method: NumericMethod, weighting: Weighting, parts: Mapping[str, Computed], working: list[WorkingStep]
) -> Fraction:
    weights = {name: exact(weight) or Fraction(0) for name, weight in weighting.weights.items()}
    values = {name: parts[name].value or Fraction(0) for name in weights}
    score = sum((weights[name] * values[name] for name in weights), Fraction(0)) / sum(weights.values())
    numbers = {name: shown(value) for name, value in values.items()}
    working.append(step("score", numbers, shown(score), method.article))
    capped = min(max(score, Fraction(0)), exact(method.cap) or score)
    if capped != score:
        working.append(step("cap", {"score": shown(score), "cap": method.cap}, shown(capped), method.article))
    return capped
