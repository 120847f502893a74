"""What a running case keeps, and what moves, when it goes on by another calendar or version of its scheme. Pure.

No deadline ever gets shorter by it.
"""

import datetime as dt
from dataclasses import replace

from states.appraisal import Appraisal, Deadline
from states.deadlines import due_on, projected, remaining, reminders_behind, steps_behind
from states.rule_context import RuleContext
from states.rules import DeadlineRule
from states.stages import Stage

_WORKING = frozenset({Stage.FIRST_HALF, Stage.SECOND_HALF})


def check_ins_behind(appraisal: Appraisal, new: RuleContext, today: dt.date) -> int:
    """The check-ins of the ``new`` rules that are done, or whose day was over before anybody asked for them."""
    if appraisal.stage not in _WORKING:
        return appraisal.check_ins_done
    over = sum(date.in_year(appraisal.year) < today for date in new.book.check_ins)
    return max(appraisal.check_ins_done, over)


def by_calendar(
    deadline: Deadline, appraisal: Appraisal, old: RuleContext, new: RuleContext, now: dt.datetime
) -> Deadline:
    """The deadline as the new calendar has it. One that has lapsed, or does not move, stays as it is."""
    rule = old.rule_named(deadline.rule)
    if rule is None or deadline.lapsed:
        return deadline
    due = max(deadline.due_on, _due_by(new, rule, deadline, appraisal, old, now))
    if due == deadline.due_on:
        return deadline
    counted = due_on(rule, deadline.started_on, appraisal.year, old.book.counting, new.calendar)
    return _moved(deadline, rule, due, max(deadline.by_law, counted), new, now)


def _due_by(
    new: RuleContext,
    rule: DeadlineRule,
    deadline: Deadline,
    appraisal: Appraisal,
    old: RuleContext,
    now: dt.datetime,
) -> dt.date:
    counting, year = old.book.counting, appraisal.year
    if due_on(rule, deadline.started_on, year, counting, old.calendar) == deadline.due_on:
        return due_on(rule, deadline.started_on, year, counting, new.calendar)
    # Extended, or run on after a suspension: what is left of it is counted by the new calendar.
    today = old.calendar.local_date(now)
    return projected(rule, today, remaining(rule, today, deadline.due_on, old.calendar), new.calendar)


def by_rules(appraisal: Appraisal, new: RuleContext, now: dt.datetime) -> Deadline | None:
    """The deadline of the stage under a new version, never earlier than it was; None where none runs.

    One that has lapsed keeps its day.
    """
    deadline, rule = appraisal.deadline, new.stage_rule(appraisal, appraisal.stage)
    if deadline is None or rule is None:
        return None
    by_law = deadline.by_law
    due = deadline.due_on
    if not deadline.lapsed:
        counted = due_on(rule, deadline.started_on, appraisal.year, new.book.counting, new.calendar)
        by_law, due = max(by_law, counted), max(due, counted)
    return _moved(deadline, rule, due, by_law, new, now)


def _moved(
    deadline: Deadline, rule: DeadlineRule, due: dt.date, by_law: dt.date, new: RuleContext, now: dt.datetime
) -> Deadline:
    statutory_on = by_law if rule.statutory and by_law != due else None
    moved = replace(deadline, rule=rule.rule, due_on=due, statutory_on=statutory_on, passed=0)
    steps = new.steps(moved)
    passed = steps_behind(steps, now) if deadline.lapsed else reminders_behind(steps, now)
    return replace(moved, passed=passed)
