"""The next moment at which time acts on a case."""

import datetime as dt

from states.appraisal import Appraisal
from states.rule_context import RuleContext
from states.stages import CLOSED_STAGES, Stage


def agenda(appraisal: Appraisal, rules: RuleContext) -> dt.datetime | None:
    """The next wake in UTC: an opening, a reminder, an escalation, a lapse or a deemed
    receipt; None when nothing will come.

    A pure function of the snapshot, so the wake can be computed again after any crash.
    """
    if appraisal.stage in CLOSED_STAGES:
        return None
    if appraisal.opens_on is not None:
        # An opening day already past when the stage began (a plan approved late) counts at once.
        return max(rules.calendar.start_of_day(appraisal.opens_on), appraisal.entered_at)
    deemed, step = deeming(appraisal, rules), _step(appraisal, rules)
    if deemed is None or step is None:
        return deemed or step
    return min(deemed, step)


def deeming(appraisal: Appraisal, rules: RuleContext) -> dt.datetime | None:
    """When the clock deems the result received: at the end of the day fixed at its delivery."""
    if appraisal.stage is not Stage.RESPONSE or appraisal.received_on is not None:
        return None
    return None if appraisal.deemed_on is None else rules.calendar.end_of_day(appraisal.deemed_on)


def _step(appraisal: Appraisal, rules: RuleContext) -> dt.datetime | None:
    """The next step of the running deadline."""
    deadline = appraisal.deadline
    if deadline is None:
        return None
    steps = rules.steps(appraisal)
    return steps[deadline.passed].at if deadline.passed < len(steps) else None
