"""Which result of an appraisal counts, from what was done on its case."""

from collections.abc import Iterable
from dataclasses import dataclass

from states.stages import Stage
from states.triggers import Trigger
from store.file.acts import Act

RATING: tuple[Trigger, ...] = (
    Trigger.RATE,
    Trigger.RETURN_RATING,
    Trigger.DELIVER_RESULT,
    Trigger.COUNTERSIGN,
    Trigger.CHANGE_RESULT,
    Trigger.REOPEN,
)
"""The acts from which the result that counts is read."""


@dataclass(frozen=True, slots=True)
class SetResult:
    """A result that counts, or will once it is delivered."""

    by: Act
    """The rating, or the decision on an objection that changed it."""
    delivered: Act | None
    """What gave it to the employee: its delivery, the superior's signature in place of it, or the decision."""

    @property
    def digest(self) -> str:
        """The text that holds it."""
        return str(self.by.digest)

    @property
    def decided(self) -> bool:
        """Whether a decision on an objection set it."""
        return self.by.trigger == Trigger.CHANGE_RESULT


def result_in_force(acts: Iterable[Act]) -> SetResult | None:
    """The result that counts after these acts, in their order; None before a rating, and after it was reopened."""
    found: SetResult | None = None
    for act in acts:
        match act.trigger:
            case Trigger.RATE if act.digest is not None:
                found = SetResult(act, None)
            case Trigger.CHANGE_RESULT if act.digest is not None:
                found = SetResult(act, act)
            case Trigger.DELIVER_RESULT | Trigger.COUNTERSIGN if found is not None and not found.delivered:
                found = SetResult(found.by, act)
            case Trigger.RETURN_RATING if found is not None:
                found = SetResult(found.by, None)
            case Trigger.REOPEN if act.target == Stage.RATING:
                found = None
    return found
