"""Whether an answer shows the employee the delivered result: whoever opens it in any way has seen it (art 59(1))."""

from collections.abc import Iterable
from typing import NamedTuple

from service.appraisals.sight import Sight
from states.appraisal import Appraisal
from states.stages import Capacity, Stage
from states.triggers import Trigger

_TELLING: frozenset[str] = frozenset({Trigger.RATE, Trigger.DELIVER_RESULT, Trigger.CHANGE_RESULT})
"""Texts that came with one of these say what the result is."""


class TextGiven(NamedTuple):
    """One text that an answer gives out."""

    kind: str
    """The trigger that it came with."""
    present: bool
    """Whether it is about the present result: nothing was rated or reopened after it."""


def waits_to_be_seen(appraisal: Appraisal) -> bool:
    """Whether a result was delivered of which nothing shows yet that it was seen or received."""
    return appraisal.stage is Stage.RESPONSE and appraisal.received_on is None and not appraisal.seen


def shows_result(sight: Sight, given: Iterable[TextGiven]) -> bool:
    """Whether these texts show the employee himself a result that waits to be seen; nobody else opens it for him."""
    return (
        Capacity.EMPLOYEE in sight.capacities
        and waits_to_be_seen(sight.appraisal)
        and any(text.present and text.kind in _TELLING for text in given)
    )
