"""Which deadline, opening and duties begin, or are moved, with an allowed command."""

import datetime as dt
from dataclasses import replace

from states.adopting import by_calendar, by_rules, check_ins_behind
from states.appraisal import Deadline, Duty, DutyKind
from states.deadlines import due_on, ladder_steps, projected, remaining, reminders_behind, steps_behind
from states.duties import ASKING, DUTY_HOLDERS, STATEMENTS
from states.receipt import Receipt
from states.response_term import term_from
from states.rules import DeadlineRule, StartEvent
from states.stages import HOLDERS, Capacity, Stage
from states.transition_context import TransitionContext
from states.triggers import Trigger

RESUMING = frozenset({Trigger.RESUME, Trigger.ANSWER_DISPUTE})
"""Triggers after which a suspended clock runs on."""

SUSPENDING = frozenset({Trigger.SUSPEND, Trigger.DISPUTE_RATER, Trigger.WAIT_FOR_RETURN})
"""Triggers that stop the clock and keep its remainder."""


_SETTLING_A_RECEIPT = frozenset({Trigger.ANSWER_RECEIPT, Trigger.ACKNOWLEDGE_RECEIPT})
"""Triggers that end a dispute about a receipt."""


def deadline_of(context: TransitionContext, target: Stage, receipt: Receipt) -> Deadline | None:
    """The deadline that begins with this command; None leaves none (after a move) or the running one."""
    trigger, appraisal = context.command.trigger, context.appraisal
    if trigger is Trigger.EXTEND:
        return _extended(context)
    if trigger in RESUMING:
        return _resumed(context)
    if trigger is Trigger.ADOPT_CALENDAR:
        return _by_calendar(context)
    if trigger is Trigger.DECLARE_CONFLICT:
        return _for_another_rater(context)
    if trigger is Trigger.NOTE_SUPERIOR_PLAN:
        return _behind_superior(context)
    if receipt.received_on is not None and target is Stage.RESPONSE:
        return _response(context, receipt.received_on)
    if trigger in _SETTLING_A_RECEIPT and appraisal.receipt_disputed and appraisal.stage is Stage.RESPONSE:
        return _until_tonight(context)
    if target is not appraisal.stage:
        closes = trigger is Trigger.CLOSE_PERIOD
        rule = context.rules.stage_rule(
            replace(appraisal, period_closed=True) if closes else appraisal, target
        )
        return _begun(context, rule, _start(context, rule))
    if trigger is Trigger.ADOPT_RULES and context.adopting is not None:
        return by_rules(appraisal, context.adopting, context.now)
    return None


def duties_of(context: TransitionContext, target: Stage) -> tuple[Duty, ...]:
    """What is owed beside the stage from now on; a duty takes the place of one of its kind."""
    trigger, appraisal = context.command.trigger, context.appraisal
    if trigger in ASKING:
        return _owed(context, STATEMENTS[ASKING[trigger]])
    if trigger is Trigger.DISPUTE_RECEIPT:
        return _owed(context, DutyKind.RECEIPT_ANSWER)
    if trigger is Trigger.RATE and not appraisal.reported:
        return _owed(context, DutyKind.REPORT)
    if trigger is Trigger.ADOPT_CALENDAR:
        return _duties_by_calendar(context)
    resumed = (
        _resumed_duties(context)
        if appraisal.stage is Stage.SUSPENDED and target is not Stage.SUSPENDED
        else ()
    )
    reports = any(duty.kind is DutyKind.REPORT for duty in (*appraisal.duties, *resumed))
    if trigger is Trigger.OBJECT and not appraisal.reported and not reports:
        return (*resumed, *_owed(context, DutyKind.REPORT))
    return resumed


def opening_of(context: TransitionContext, target: Stage) -> dt.date | None:
    """The day on which the clock opens the stage after ``target``."""
    appraisal, trigger = context.appraisal, context.command.trigger
    if trigger in RESUMING:
        return appraisal.suspension.opens_on if appraisal.suspension else None
    if target is appraisal.stage and trigger not in (Trigger.ADOPT_RULES, Trigger.FOLLOW_PATH):
        return None
    book, done = context.rules.book, appraisal.check_ins_done
    if trigger is Trigger.ADOPT_RULES and context.adopting is not None:
        book, done = context.adopting.book, check_ins_behind(appraisal, context.adopting, context.today)
    if target is Stage.FIRST_HALF:
        done += trigger is Trigger.REVIEW_CHECK_IN
        return book.check_ins[done].in_year(appraisal.year)
    opens = book.stages[target].opens_next if target in book.stages else None
    return opens.in_year(appraisal.year) if opens else None


def remainder_of(context: TransitionContext) -> int | None:
    """What is left of the deadline that is stopped, in its own unit."""
    deadline = context.appraisal.deadline
    if context.command.trigger not in SUSPENDING or deadline is None:
        return None
    return _left(context, deadline)


def remainders_of(context: TransitionContext) -> tuple[int, ...]:
    """What is left of each duty that is stopped, in its own unit."""
    if context.command.trigger not in SUSPENDING:
        return ()
    return tuple(_left(context, duty.deadline) or 0 for duty in context.appraisal.duties)


def _left(context: TransitionContext, deadline: Deadline) -> int | None:
    rule = context.rules.rule_named(deadline.rule)
    return None if rule is None else remaining(rule, context.today, deadline.due_on, context.rules.calendar)


def _start(context: TransitionContext, rule: DeadlineRule | None) -> dt.date:
    """Today or, for a term that follows a lapsed one, the last day of that (PP 30/2019 art 50)."""
    deadline = context.appraisal.deadline
    if rule is not None and rule.starts is StartEvent.LAPSE and deadline is not None and deadline.lapsed:
        return deadline.due_on
    return context.today


def _begun(context: TransitionContext, rule: DeadlineRule | None, started_on: dt.date) -> Deadline | None:
    """A new deadline. It never ends before today does, even where a fixed date is over.

    Nobody is overdue at the moment of being asked.
    """
    if rule is None:
        return None
    book, calendar = context.rules.book, context.rules.calendar
    by_law = due_on(rule, started_on, context.appraisal.year, book.counting, calendar)
    return _running(context, rule, started_on, max(by_law, context.today), by_law)


def _running(
    context: TransitionContext, rule: DeadlineRule, started_on: dt.date, due: dt.date, by_law: dt.date
) -> Deadline:
    steps = ladder_steps(context.rules.book, rule, due, context.rules.calendar)
    statutory_on = by_law if rule.statutory and by_law != due else None
    return Deadline(
        rule.rule, started_on, due, reminders_behind(steps, context.now), statutory_on=statutory_on
    )


def _response(context: TransitionContext, received_on: dt.date) -> Deadline | None:
    rule, term = context.rules.response_rule, term_from(context, received_on)
    return None if rule is None or term is None else _running(context, rule, received_on, *term)


def _until_tonight(context: TransitionContext) -> Deadline | None:
    """A response whose days went by while its receipt was in dispute ends with the day that ends it."""
    running, rule = context.appraisal.deadline, context.rules.running_rule(context.appraisal)
    if running is None or rule is None or not running.lapsed:
        return None
    return _running(context, rule, running.started_on, context.today, running.by_law)


def _extended(context: TransitionContext) -> Deadline | None:
    running, rule = context.appraisal.deadline, context.rules.running_rule(context.appraisal)
    until = context.command.until
    if running is None or rule is None or until is None:
        return None
    return _running(context, rule, running.started_on, until, running.by_law)


def _for_another_rater(context: TransitionContext) -> Deadline | None:
    """Who takes over a rating has the least number of working days that the rule leaves, counted from today.

    None keeps the deadline as it is; so it does in a stage that does not wait on the rater.
    """
    rule = context.rules.running_rule(context.appraisal)
    if rule is None or HOLDERS.get(context.appraisal.stage) is not Capacity.RATER:
        return None
    return _at_least(context, rule.minimum_working_days, context.today)


def _behind_superior(context: TransitionContext) -> Deadline | None:
    """The days that the scheme leaves after the rater's own plan was set; None keeps the deadline as it is."""
    rule, day = context.rules.book.behind_superior, context.command.superior_plan_on
    return None if rule is None or day is None else _at_least(context, rule.days or 0, day)


def _at_least(context: TransitionContext, working_days: int, day: dt.date) -> Deadline | None:
    """The running deadline with at least so many working days after ``day``, never over before today is."""
    running, rule = context.appraisal.deadline, context.rules.running_rule(context.appraisal)
    if running is None or rule is None or not working_days:
        return None
    least = context.rules.calendar.add_working_days(day, working_days)
    if least <= running.due_on:
        return None
    return _running(context, rule, running.started_on, max(least, context.today), running.by_law)


def _resumed(context: TransitionContext) -> Deadline | None:
    """The suspended deadline again, with the remainder that it had."""
    suspension = context.appraisal.suspension
    if suspension is None or suspension.deadline is None or suspension.remainder is None:
        return None
    return _run_on(context, suspension.deadline, suspension.remainder)


def _run_on(context: TransitionContext, stopped: Deadline, remainder: int) -> Deadline | None:
    rules = context.rules
    rule = rules.rule_named(stopped.rule)
    if rule is None:
        return None
    due = projected(rule, context.today, remainder, rules.calendar)
    steps = ladder_steps(rules.book, rule, due, rules.calendar)
    behind = steps_behind if stopped.lapsed else reminders_behind
    statutory_on = stopped.by_law if rule.statutory and stopped.by_law != due else None
    return replace(stopped, due_on=due, passed=behind(steps, context.now), statutory_on=statutory_on)


def _resumed_duties(context: TransitionContext) -> tuple[Duty, ...]:
    suspension = context.appraisal.suspension
    if suspension is None:
        return ()
    resumed = (
        (duty, _run_on(context, duty.deadline, left))
        for duty, left in zip(suspension.duties, suspension.remainders, strict=True)
    )
    return tuple(replace(duty, deadline=deadline) for duty, deadline in resumed if deadline is not None)


def _owed(context: TransitionContext, kind: DutyKind) -> tuple[Duty, ...]:
    deadline = _begun(context, context.rules.duty_rule(kind), context.today)
    return () if deadline is None else (Duty(kind, DUTY_HOLDERS[kind], deadline),)


def _by_calendar(context: TransitionContext) -> Deadline | None:
    running, new = context.appraisal.deadline, context.adopting
    if running is None or new is None:
        return None
    moved = by_calendar(running, context.appraisal, context.rules, new, context.now)
    return None if moved == running else moved


def _duties_by_calendar(context: TransitionContext) -> tuple[Duty, ...]:
    new = context.adopting
    if new is None:
        return ()
    moved = (
        replace(duty, deadline=by_calendar(duty.deadline, context.appraisal, context.rules, new, context.now))
        for duty in context.appraisal.duties
    )
    return tuple(duty for duty in moved if duty not in context.appraisal.duties)
