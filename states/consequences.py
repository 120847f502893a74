"""What an allowed command leads to: the target, its deadline or opening, and the facts on record."""

import datetime as dt

from states.adopting import check_ins_behind
from states.appraisal import Deadline
from states.beginning import RESUMING, deadline_of, duties_of, opening_of, remainder_of, remainders_of
from states.deadlines import due_on
from states.errors import IllegalTransition
from states.events import Acted
from states.machine import destination
from states.outcomes import outcome_of
from states.receipt import Receipt, deeming_day, receipt_shown
from states.response_term import ResponseTerm, days_late, put_off, response_term, term_from
from states.stages import Capacity, Stage
from states.transition_context import TransitionContext
from states.triggers import Trigger

HANDING_OVER = frozenset(
    {Trigger.REASSIGN, Trigger.NOTE_CHANGE, Trigger.ANSWER_DISPUTE, Trigger.DECLARE_CONFLICT}
)
"""Triggers that may name who takes over a capacity."""

_MOVING = frozenset(
    {
        Trigger.EXTEND,
        Trigger.ADOPT_CALENDAR,
        Trigger.ADOPT_RULES,
        Trigger.ANSWER_RECEIPT,
        Trigger.ACKNOWLEDGE_RECEIPT,
        Trigger.DECLARE_CONFLICT,
        Trigger.NOTE_SUPERIOR_PLAN,
        *RESUMING,
    }
)
"""Triggers that give a running deadline another day, which is recorded beside the one before."""

_SETTING = frozenset({Trigger.RATE, Trigger.CHANGE_RESULT})
"""Triggers that set a result."""

_REPORTS = frozenset({Trigger.FINALISE, Trigger.REPORT_PROVISIONALLY})


def consequence(context: TransitionContext) -> Acted:
    """The event of an allowed command. Raises `IllegalTransition` when no row's conditions hold."""
    command, source = context.command, context.appraisal.stage
    target = destination(context)
    if target is None:
        raise IllegalTransition(trigger=command.trigger, stage=source)
    receipt = receipt_shown(context)
    deadline = deadline_of(context, target, receipt)
    term = _term(context, receipt, deadline)
    late = _lateness(context, term)
    adopting = context.adopting
    return Acted(
        at=context.now,
        trigger=command.trigger,
        capacity=command.capacity,
        actor=None if command.capacity is Capacity.CLOCK else command.actor,
        source=source,
        target=target,
        on_behalf_of=command.on_behalf_of,
        document=command.document,
        deadline=deadline,
        opens_on=opening_of(context, target),
        received_on=receipt.received_on,
        remainder=remainder_of(context),
        ground=command.ground if command.trigger is Trigger.REVISE_PLAN else None,
        assignee=command.assignee if command.trigger in HANDING_OVER else None,
        assigned_capacity=_handed_over(context),
        late=late != (0, 0),
        outcome=outcome_of(command.trigger, source, target),
        evidence=receipt.evidence,
        delivered_on=receipt.delivered_on,
        deemed_on=deeming_day(context, target, receipt),
        due_before=_due_before(context, deadline),
        response_due=None if term is None else term.due_on,
        response_by_law=None if term is None else term.by_law,
        duties=duties_of(context, target),
        remainders=remainders_of(context),
        objected_on=context.today if command.trigger is Trigger.OBJECT else None,
        late_by=late[0],
        late_by_law=late[1],
        result=_result(context),
        substance=command.substance if command.trigger in _SETTING else None,
        authority=command.authority if command.trigger is Trigger.EXTEND else None,
        reported=command.trigger in _REPORTS and Stage.REPORTING in context.rules.book.stages,
        dismissal_ground=command.dismissal_ground if command.trigger is Trigger.DISMISS_OBJECTION else None,
        reopening_ground=command.reopening_ground if command.trigger is Trigger.REOPEN else None,
        reference=command.reference if command.trigger is Trigger.REOPEN else None,
        basis=command.basis if command.trigger is Trigger.FOLLOW_PATH else None,
        rulebook=adopting.book.key if adopting and command.trigger is Trigger.ADOPT_RULES else None,
        calendar=adopting.calendar.key if adopting and command.trigger is Trigger.ADOPT_CALENDAR else None,
        check_ins_done=(
            check_ins_behind(context.appraisal, adopting, context.today)
            if adopting and command.trigger is Trigger.ADOPT_RULES
            else None
        ),
    )


def _handed_over(context: TransitionContext) -> Capacity | None:
    """The capacity that another person gets; a declared conflict hands over the rater's and no other."""
    command = context.command
    if command.trigger is Trigger.DECLARE_CONFLICT:
        return Capacity.RATER
    return command.assigned_capacity if command.trigger in HANDING_OVER else None


def _due_before(context: TransitionContext, deadline: Deadline | None) -> dt.date | None:
    """The day that a moved deadline had before."""
    if deadline is None or context.command.trigger not in _MOVING:
        return None
    suspension = context.appraisal.suspension
    before = context.appraisal.deadline or (None if suspension is None else suspension.deadline)
    if before is None or before.due_on == deadline.due_on:
        return None
    # A term that follows another one moves nothing: the receipt begins the response, the answer opens it again.
    same = before.rule == deadline.rule or context.command.trigger is Trigger.ADOPT_RULES
    return before.due_on if same else None


def _term(context: TransitionContext, receipt: Receipt, deadline: Deadline | None) -> ResponseTerm | None:
    """The days in which an objection is in time, where this command sets or moves them."""
    appraisal = context.appraisal
    if receipt.received_on is not None:
        return term_from(context, receipt.received_on)
    response = context.rules.response_rule
    if deadline is not None and response is not None and deadline.rule == response.rule:
        return ResponseTerm(deadline.due_on, deadline.by_law)
    if context.command.trigger is Trigger.ADOPT_CALENDAR:
        return _term_by_calendar(context)
    if context.command.trigger in RESUMING and appraisal.response_due is not None:
        by_law = appraisal.response_by_law or appraisal.response_due
        return ResponseTerm(put_off(context, appraisal.response_due), by_law)
    return None


def _term_by_calendar(context: TransitionContext) -> ResponseTerm | None:
    """The days of a result that was signed already, where a decree moves their end; none gets shorter."""
    appraisal, new, rule = context.appraisal, context.adopting, context.rules.response_rule
    if appraisal.received_on is None or appraisal.response_due is None or new is None or rule is None:
        return None
    counting = context.rules.book.counting
    counted = due_on(rule, appraisal.received_on, appraisal.year, counting, new.calendar)
    if counted <= appraisal.response_due:
        return None
    return ResponseTerm(counted, max(counted, appraisal.response_by_law or counted))


def _lateness(context: TransitionContext, term: ResponseTerm | None) -> tuple[int, int]:
    """By how many days an objection is late: with all that was added to the term, and by the law alone.

    A corrected receipt corrects the lateness of the objection that is open.
    """
    appraisal, day = context.appraisal, context.today
    if context.command.trigger is Trigger.ANSWER_RECEIPT and appraisal.objected_on is not None:
        if term is None:
            return appraisal.late_by, appraisal.late_by_law
        day = appraisal.objected_on
        return days_late(term.by_law, day), days_late(term.by_law, day)
    if context.command.trigger is not Trigger.OBJECT:
        return 0, 0
    term = response_term(context)
    return (0, 0) if term is None else (days_late(term.due_on, day), days_late(term.by_law, day))


def _result(context: TransitionContext) -> str | None:
    """The digest of a result that is set anew."""
    match context.command.trigger:
        case Trigger.RATE:
            return context.command.document
        case Trigger.CHANGE_RESULT:
            return context.command.result
        case _:
            return None
