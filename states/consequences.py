"""What an allowed command leads to: the target, its deadline or opening, and the facts on record."""

import datetime as dt

from states.appraisal import Deadline
from states.deadlines import Step, due_on, ladder_steps, projected, remaining
from states.errors import IllegalTransition
from states.events import Acted
from states.guards import objection_is_late
from states.machine import destination
from states.receipt import deeming_day, receipt_shown
from states.rules import DeadlineRule
from states.stages import Capacity, Stage
from states.transition_context import TransitionContext
from states.triggers import Outcome, Trigger

OUTCOMES: dict[Trigger, Outcome] = {
    Trigger.FINALISE: Outcome.AGREED,
    Trigger.COUNTERSIGN: Outcome.COUNTERSIGNED,
    Trigger.UPHOLD_RESULT: Outcome.UPHELD,
    Trigger.CHANGE_RESULT: Outcome.CHANGED,
    Trigger.DISMISS_OBJECTION: Outcome.INADMISSIBLE,
    Trigger.WITHDRAW_OBJECTION: Outcome.WITHDRAWN,
}


HANDING_OVER = frozenset({Trigger.REASSIGN, Trigger.NOTE_CHANGE, Trigger.ANSWER_DISPUTE})
"""Triggers that may name who takes over a capacity."""

RESUMING = frozenset({Trigger.RESUME, Trigger.ANSWER_DISPUTE})
"""Triggers after which a suspended clock runs on."""

SUSPENDING = frozenset({Trigger.SUSPEND, Trigger.DISPUTE_RATER})
"""Triggers that stop the clock and keep its remainder."""


def consequence(context: TransitionContext) -> Acted:
    """The event of an allowed command. Raises `IllegalTransition` when no row's conditions hold."""
    command, source = context.command, context.appraisal.stage
    target = destination(context)
    if target is None:
        raise IllegalTransition(trigger=command.trigger, stage=source)
    receipt = receipt_shown(context)
    return Acted(
        at=context.now,
        trigger=command.trigger,
        capacity=command.capacity,
        actor=None if command.capacity is Capacity.CLOCK else command.actor,
        source=source,
        target=target,
        on_behalf_of=command.on_behalf_of,
        document=command.document,
        deadline=_deadline(context, target, receipt.received_on),
        opens_on=_opening(context, target),
        received_on=receipt.received_on,
        remainder=_remainder(context),
        ground=command.ground if command.trigger is Trigger.REVISE_PLAN else None,
        assignee=command.assignee if command.trigger in HANDING_OVER else None,
        assigned_capacity=command.assigned_capacity if command.trigger in HANDING_OVER else None,
        late=command.trigger is Trigger.OBJECT and objection_is_late(context),
        outcome=OUTCOMES.get(command.trigger),
        evidence=receipt.evidence,
        delivered_on=receipt.delivered_on,
        deemed_on=deeming_day(context, target, receipt),
    )


def _deadline(context: TransitionContext, target: Stage, received_on: dt.date | None) -> Deadline | None:
    """The deadline that this event begins; None keeps the running one or, after a move, leaves none."""
    trigger = context.command.trigger
    if trigger is Trigger.EXTEND:
        return _extended(context)
    if trigger in RESUMING:
        return _resumed(context)
    if target is not context.appraisal.stage:
        return _begun(context, context.rules.deadline_rule(target, received=False), context.today)
    if received_on is not None:
        return _begun(context, context.rules.deadline_rule(target, received=True), received_on)
    return None


def _begun(context: TransitionContext, rule: DeadlineRule | None, started_on: dt.date) -> Deadline | None:
    """A new deadline. It never ends before today: nobody is overdue at the moment of being asked.

    A fixed date may be past, and so may the 14 days after a receipt that was recorded late.
    """
    if rule is None:
        return None
    book, calendar = context.rules.book, context.rules.calendar
    due = max(due_on(rule, started_on, context.appraisal.year, book.counting, calendar), context.today)
    steps = ladder_steps(book, rule, due, calendar)
    return Deadline(rule.rule, started_on, due, _reminders_behind(steps, context.now))


def _extended(context: TransitionContext) -> Deadline | None:
    running, rule = context.appraisal.deadline, context.rules.running_rule(context.appraisal)
    until = context.command.until
    if running is None or rule is None or until is None:
        return None
    steps = ladder_steps(context.rules.book, rule, until, context.rules.calendar)
    return Deadline(running.rule, running.started_on, until, _reminders_behind(steps, context.now))


def _resumed(context: TransitionContext) -> Deadline | None:
    """The suspended deadline, running on with its remainder."""
    appraisal, rules = context.appraisal, context.rules
    suspension = appraisal.suspension
    if suspension is None or suspension.deadline is None or suspension.remainder is None:
        return None
    rule = rules.deadline_rule(suspension.source, received=appraisal.received_on is not None)
    if rule is None:
        return None
    due = projected(rule, context.today, suspension.remainder, rules.calendar)
    steps = ladder_steps(rules.book, rule, due, rules.calendar)
    lapsed = suspension.deadline.lapsed
    passed = _steps_behind(steps, context.now) if lapsed else _reminders_behind(steps, context.now)
    return Deadline(suspension.deadline.rule, suspension.deadline.started_on, due, passed, lapsed)


def _reminders_behind(steps: tuple[Step, ...], now: dt.datetime) -> int:
    """How many reminders come too late to be sent; a lapse is never skipped."""
    behind = 0
    for step in steps:
        if step.kind != "reminder" or step.at > now:
            break
        behind += 1
    return behind


def _steps_behind(steps: tuple[Step, ...], now: dt.datetime) -> int:
    """How many steps of a lapsed deadline are past: its lapse, and all until ``now``."""
    lapse = next(position for position, step in enumerate(steps) if step.kind == "lapse")
    return max(lapse + 1, sum(step.at <= now for step in steps))


def _opening(context: TransitionContext, target: Stage) -> dt.date | None:
    """The day on which the clock opens the stage after ``target``."""
    appraisal, book, trigger = context.appraisal, context.rules.book, context.command.trigger
    if trigger in RESUMING:
        return appraisal.suspension.opens_on if appraisal.suspension else None
    if target is appraisal.stage:
        return None
    if target is Stage.FIRST_HALF:
        done = appraisal.check_ins_done + (trigger is Trigger.REVIEW_CHECK_IN)
        return book.check_ins[done].in_year(appraisal.year)
    opens = book.stages[target].opens_next if target in book.stages else None
    return opens.in_year(appraisal.year) if opens else None


def _remainder(context: TransitionContext) -> int | None:
    if context.command.trigger not in SUSPENDING:
        return None
    deadline, rule = context.appraisal.deadline, context.rules.running_rule(context.appraisal)
    if deadline is None or rule is None:
        return None
    return remaining(rule, context.today, deadline.due_on, context.rules.calendar)
