"""How each way of settling a result is recorded, and which of them are final."""

from states.stages import Stage
from states.triggers import Outcome, Trigger

SETTLED = frozenset({Outcome.UPHELD, Outcome.CHANGED, Outcome.INADMISSIBLE})
"""Outcomes that an official decided upon an objection, and that are final (PP 30/2019 art 59(4))."""

_OUTCOMES: dict[Trigger, Outcome] = {
    Trigger.LAPSE_RESPONSE: Outcome.COUNTERSIGNED,
    Trigger.COUNTERSIGN: Outcome.COUNTERSIGNED,
    Trigger.UPHOLD_RESULT: Outcome.UPHELD,
    Trigger.CHANGE_RESULT: Outcome.CHANGED,
    Trigger.DISMISS_OBJECTION: Outcome.INADMISSIBLE,
    Trigger.WITHDRAW_OBJECTION: Outcome.WITHDRAWN,
}
_SETTLED_IN = frozenset({Stage.REPORTING, Stage.FINALISED})


def outcome_of(trigger: Trigger, source: Stage, target: Stage) -> Outcome | None:
    """How a step settles the result; None for one that settles nothing, or nothing new."""
    if target not in _SETTLED_IN:
        return None
    if trigger is Trigger.FINALISE:
        return Outcome.AGREED if source is Stage.AGREED else None
    return _OUTCOMES.get(trigger)
