"""From a score to its predicate."""

from decimal import Decimal

from content.parts import Values
from content.rating.outcome import WorkingStep
from content.rating.places import is_confirmed
from content.rating.rules import NumericMethod
from content.rating.wording import step


def band_of(method: NumericMethod, score: Decimal, filled: Values) -> tuple[str, tuple[WorkingStep, ...]]:
    """The predicate of the first band that the score reaches and whose condition is met, with its steps.

    The last band takes every score that no other takes. 110 without a confirmed innovation is Baik (art 41(5)a).
    """
    working: list[WorkingStep] = []
    *upper, band = method.bands
    for candidate in upper:
        if score < Decimal(str(candidate.at_least)):
            continue
        if candidate.needs is None or is_confirmed(filled, candidate.needs):
            band = candidate
            break
        place = f"{candidate.needs.section}.{candidate.needs.field}"
        numbers: dict[str, float | str] = {"band": candidate.predicate, "needs": place}
        working.append(step("condition", numbers, None, method.article))
    reached: dict[str, float | str] = {"score": float(score), "at_least": band.at_least}
    return band.predicate, (*working, step("band", reached, band.predicate, method.article))
