"""From a filled rating form to its outcome, by the scheme's method."""

from collections.abc import Mapping
from dataclasses import replace

from content.forms.context import FormContext
from content.parts import Values
from content.rating.apart import apart_rating
from content.rating.components import Material
from content.rating.matrix import matrix_outcome
from content.rating.numeric import numeric_outcome
from content.rating.outcome import Outcome
from content.rating.rules import MatrixMethod, RatingRules
from content.rules import ContentRules


def rated(
    rules: ContentRules, filled: Values, context: FormContext, inputs: Mapping[str, float] | None = None
) -> Outcome:
    """What follows from a filled rating form that the check of its form has passed.

    ``inputs`` are numbers of 0 to 120 by name of the input, by default those of the context; one that is not closed,
    or not a number, is absent.
    Raises `Unrated` with the places of what is missing, and `ValueError` for a scheme without rating rules.
    """
    rating = rules.rating
    if rating is None:
        raise ValueError("the scheme has no rating rules")
    if isinstance(rating.method, MatrixMethod):
        outcome = matrix_outcome(rating.method, filled)
    else:
        outcome = numeric_outcome(
            rating.method, Material(rules, filled, context, context.inputs if inputs is None else inputs)
        )
    return _with_apart(outcome, rating, rules, filled)


def _with_apart(outcome: Outcome, rating: RatingRules, rules: ContentRules, filled: Values) -> Outcome:
    found = {rule.name: apart_rating(rule, rules.scales[rule.scale], filled) for rule in rating.apart}
    there = {name: each for name, each in found.items() if each is not None}
    return replace(
        outcome,
        apart={name: step for name, (step, _) in there.items()},
        working=(*outcome.working, *(working for _, working in there.values())),
    )
