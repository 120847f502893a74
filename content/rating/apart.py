"""What is rated beside the method and shown apart: process and effort."""

from content.parts import Values
from content.rating.outcome import WorkingStep
from content.rating.places import values_at
from content.rating.rules import ApartRating
from content.rating.wording import step
from content.scales import Scale


def apart_rating(rule: ApartRating, scale: Scale, filled: Values) -> tuple[str, WorkingStep] | None:
    """The step that a part got, or of several parts the median step; None where nothing was rated.

    Of two steps in the middle it is the worse one: a scale has an order and no half steps.
    """
    ranks = sorted(
        scale.names.index(found.value)
        for found in values_at(filled, rule.of)
        if isinstance(found.value, str) and found.value in scale.names
    )
    if not ranks:
        return None
    median = scale.names[ranks[len(ranks) // 2]]
    counts: dict[str, float | str] = {
        name: ranks.count(rank) for rank, name in enumerate(scale.names) if rank in ranks
    }
    return median, step("apart", {"rated": rule.name, **counts}, median)
