"""The outcomes of nudges, in words."""

from collections.abc import Mapping

from service.nudges.outcome import NudgeOutcome
from translations import Locale, translate
from translations import mark as _

OUTCOMES: Mapping[NudgeOutcome, str] = {
    NudgeOutcome.NUDGED: _("Nudged"),
    NudgeOutcome.ALREADY_NUDGED: _("Nudged for this today already"),
    NudgeOutcome.OWN_TASK: _("Your own task"),
    NudgeOutcome.CLOSED: _("The appraisal is closed"),
    NudgeOutcome.NOBODY_AWAITED: _("It waits for a day, not for a person"),
    NudgeOutcome.NOBODY_RESPONSIBLE: _("Nobody is responsible; it is among the incidents"),
    NudgeOutcome.NOT_PERMITTED: _("Not for you to ask"),
    NudgeOutcome.NOT_FOUND: _("Not there, or not open to you"),
}


def nudge_outcome(outcome: NudgeOutcome, locale: Locale) -> str:
    """The outcome of a nudge in words."""
    return translate(OUTCOMES[outcome], locale)
