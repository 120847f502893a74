"""The outcomes of nudges, in the language of their reader."""

from collections import Counter
from collections.abc import Sequence

from service.nudges.outcome import Nudged, NudgeOutcome
from service.nudges.schemas import NudgeAnswer, NudgeResult, NudgeTotal
from service.nudges.wording import nudge_outcome
from translations import Locale


def shown_nudges(done: Sequence[Nudged], locale: Locale) -> NudgeAnswer:
    """The outcomes, in total and for each appraisal."""
    counts = Counter(each.outcome for each in done)
    return NudgeAnswer(
        totals=[
            NudgeTotal(
                outcome=outcome, outcome_name=nudge_outcome(outcome, locale), appraisals=counts[outcome]
            )
            for outcome in NudgeOutcome
            if counts[outcome]
        ],
        results=[
            NudgeResult(
                appraisal_id=each.appraisal,
                outcome=each.outcome,
                outcome_name=nudge_outcome(each.outcome, locale),
                people=list(each.people),
                nudged_by=each.by,
            )
            for each in done
        ],
    )
