"""The next moment at which time acts on a case."""

import datetime as dt
from collections.abc import Iterator

from states.appraisal import Appraisal, Deadline
from states.deadlines import Step
from states.rule_context import RuleContext
from states.rules import DeadlineRule
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
    if not appraisal.duties and appraisal.stage is not Stage.RESPONSE:
        return None if appraisal.deadline is None else _step_at(appraisal.deadline, rules)
    moments = [_step_at(deadline, rules) for deadline in running(appraisal)]
    moments.append(deeming(appraisal, rules))
    return min([moment for moment in moments if moment is not None], default=None)


def deeming(appraisal: Appraisal, rules: RuleContext) -> dt.datetime | None:
    """When the clock deems the result received: at the end of the day fixed at its delivery."""
    if appraisal.stage is not Stage.RESPONSE or appraisal.received_on is not None:
        return None
    return None if appraisal.deemed_on is None else rules.calendar.end_of_day(appraisal.deemed_on)


def running(appraisal: Appraisal) -> Iterator[Deadline]:
    """The deadline of the stage, then those of what is owed beside it."""
    if appraisal.deadline is not None:
        yield appraisal.deadline
    for duty in appraisal.duties:
        yield duty.deadline


def due_at(
    appraisal: Appraisal, moment: dt.datetime, rules: RuleContext
) -> tuple[DeadlineRule, Deadline, Step]:
    """The deadline whose step is due at ``moment``. Raises `ValueError` where there is none."""
    for deadline in running(appraisal):
        rule, step = rules.rule_named(deadline.rule), _next_step(deadline, rules)
        if rule is not None and step is not None and step.at == moment:
            return rule, deadline, step
    raise ValueError("a wake without a deadline")


def _step_at(deadline: Deadline, rules: RuleContext) -> dt.datetime | None:
    step = _next_step(deadline, rules)
    return None if step is None else step.at


def _next_step(deadline: Deadline, rules: RuleContext) -> Step | None:
    steps = rules.steps(deadline)
    return steps[deadline.passed] if deadline.passed < len(steps) else None
