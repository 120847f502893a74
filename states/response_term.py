"""The days in which an objection is in time, whatever happens to the case meanwhile (PP 30/2019 art 59(1))."""

import datetime as dt
from typing import NamedTuple

from states.deadlines import due_on, projected
from states.rules import DeadlineRule
from states.stages import Stage
from states.transition_context import TransitionContext


class ResponseTerm(NamedTuple):
    """Last days on which an objection is in time."""

    due_on: dt.date
    """With all that was added: an extension, a suspension, a receipt that was recorded late."""
    by_law: dt.date


def response_term(context: TransitionContext) -> ResponseTerm | None:
    """The term as it stands now; None as long as no receipt is evidenced, when every objection is in time."""
    appraisal, rule = context.appraisal, context.rules.response_rule
    received_on, deadline = appraisal.received_on, appraisal.deadline
    if received_on is None or rule is None:
        return None
    if appraisal.stage is Stage.RESPONSE and deadline is not None:
        return ResponseTerm(deadline.due_on, deadline.by_law)
    known = _known(context, rule, received_on)
    suspension = appraisal.suspension
    if appraisal.stage is not Stage.SUSPENDED or suspension is None:
        return known
    if suspension.source is Stage.RESPONSE and suspension.remainder is not None:
        return known._replace(
            due_on=projected(rule, context.today, suspension.remainder, context.rules.calendar)
        )
    return known._replace(due_on=put_off(context, known.due_on))


def put_off(context: TransitionContext, day: dt.date) -> dt.date:
    """``day`` later by the days for which the case has been suspended, unless it was over before."""
    suspended_on = context.rules.calendar.local_date(context.appraisal.entered_at)
    return day if day < suspended_on else day + (context.today - suspended_on)


def term_from(context: TransitionContext, received_on: dt.date) -> ResponseTerm | None:
    """The term that counts from a day of receipt."""
    rule = context.rules.response_rule
    if rule is None:
        return None
    by_law = _counted(context, rule, received_on)
    # A receipt that is recorded late begins no term that is over: nobody is late at the moment of being told.
    return ResponseTerm(max(by_law, context.today), by_law)


def days_late(last: dt.date, today: dt.date) -> int:
    """By how many days ``today`` lies after the ``last`` day; 0 for none."""
    return max(0, (today - last).days)


def _known(context: TransitionContext, rule: DeadlineRule, received_on: dt.date) -> ResponseTerm:
    appraisal = context.appraisal
    if appraisal.response_due is not None:
        return ResponseTerm(appraisal.response_due, appraisal.response_by_law or appraisal.response_due)
    counted = _counted(context, rule, received_on)
    return ResponseTerm(counted, counted)


def _counted(context: TransitionContext, rule: DeadlineRule, received_on: dt.date) -> dt.date:
    rules = context.rules
    return due_on(rule, received_on, context.appraisal.year, rules.book.counting, rules.calendar)
