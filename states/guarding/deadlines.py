"""Guards about openings, deadlines and what the clock may do."""

import datetime as dt

from states.deadlines import units_after
from states.errors import ContentMissing, DomainError, NotPermitted, ParameterInvalid
from states.guarding.guard import impossible, too_early
from states.stages import HOLDERS, Capacity
from states.transition_context import TransitionContext

LONGEST_EXTENSION = dt.timedelta(days=366)


def opening_due(context: TransitionContext) -> DomainError | None:
    """The clock opens a stage on its day and not before; HR may open it early."""
    opens_on = context.appraisal.opens_on
    if context.command.capacity is Capacity.CLOCK and (opens_on is None or context.today < opens_on):
        return too_early(context, opens_on)
    return None


def later_due_day(context: TransitionContext) -> DomainError | None:
    """An extension moves a running due day later, by at most a year, never into the past."""
    until, deadline = context.command.until, context.appraisal.deadline
    if deadline is None:
        return impossible(context)
    earliest = max(context.today, deadline.due_on + dt.timedelta(days=1))
    if until is None or not earliest <= until <= earliest + LONGEST_EXTENSION:
        return ParameterInvalid(
            "Give a new due day from {earliest} to {latest}.",
            field="until",
            earliest=earliest.isoformat(),
            latest=(earliest + LONGEST_EXTENSION).isoformat(),
        )
    return None


def clock_authorised(context: TransitionContext) -> DomainError | None:
    """The clock advances a case only on lapse and only if the scheme says so."""
    if context.command.capacity is not Capacity.CLOCK:
        return None
    running = (context.appraisal.deadline, *(duty.deadline for duty in context.appraisal.duties))
    for deadline in running:
        rule = None if deadline is None else context.rules.rule_named(deadline.rule)
        if rule is not None and rule.automatic_trigger == context.command.trigger and deadline is not None:
            return None if deadline.lapsed else too_early(context, deadline.due_on + dt.timedelta(days=1))
    return NotPermitted(
        trigger=context.command.trigger, stage=context.appraisal.stage, capacity=Capacity.CLOCK
    )


def deadline_lapsed(context: TransitionContext) -> DomainError | None:
    """The due day has ended."""
    deadline = context.appraisal.deadline
    if deadline is None or not deadline.lapsed:
        return too_early(context, deadline.due_on + dt.timedelta(days=1) if deadline else None)
    return None


def extension_with_a_basis(context: TransitionContext) -> DomainError | None:
    """A term that the law sets is extended on a basis that is named, and as far as the scheme lets it."""
    rule, deadline = context.rules.running_rule(context.appraisal), context.appraisal.deadline
    bound, until = context.rules.book.extension, context.command.until
    if rule is None or deadline is None or bound is None or not rule.statutory or until is None:
        return None
    latest = units_after(deadline.by_law, bound.unit, bound.at_most, context.rules.calendar)
    if until > latest:
        return ParameterInvalid(
            "The law gives this term ({article}): your scheme extends it at most until {latest}.",
            field="until",
            article=rule.article,
            latest=latest.isoformat(),
        )
    if context.command.authority is None:
        return ContentMissing(field="authority", trigger=context.command.trigger)
    return None


def awaits_absent_employee(context: TransitionContext) -> DomainError | None:
    """The stage awaits the employee, and he is away."""
    appraisal = context.appraisal
    waits = appraisal.away and HOLDERS.get(appraisal.stage) is Capacity.EMPLOYEE
    return None if waits else impossible(context)


def waits_for_superior(context: TransitionContext) -> DomainError | None:
    """The scheme lets the clock of a plan wait for that of the rater."""
    rule = context.rules.book.behind_superior
    return None if rule is not None and rule.clock == "waits" else impossible(context)


def superior_plan_day(context: TransitionContext) -> DomainError | None:
    """The rater's plan was set on a day that is known, and not in the future."""
    day = context.command.superior_plan_on
    if day is None or day > context.today:
        return ParameterInvalid(
            "Give a day until {latest}.", field="superior_plan_on", latest=context.today.isoformat()
        )
    return None
