"""Guards: typed refusals of rows whose circumstances are not met."""

import datetime as dt
from collections.abc import Callable

from states.errors import (
    AlreadyRecorded,
    BothSidesNotHeard,
    ConflictOfInterest,
    DisputeOpen,
    DomainError,
    IllegalTransition,
    NotPermitted,
    ParameterInvalid,
    RaterConfirmed,
    TooEarly,
    TooLate,
)
from states.receipt_evidence import OFFICIAL
from states.stages import Capacity, Stage
from states.transition_context import TransitionContext

LONGEST_EXTENSION = dt.timedelta(days=366)

Guard = Callable[[TransitionContext], DomainError | None]


def _too_early(context: TransitionContext, day: dt.date | None) -> TooEarly:
    return TooEarly(trigger=context.command.trigger, date=day.isoformat() if day else "-")


def opening_due(context: TransitionContext) -> DomainError | None:
    """The clock opens a stage on its day and not before; HR may open it early."""
    opens_on = context.appraisal.opens_on
    if context.command.capacity is Capacity.CLOCK and (opens_on is None or context.today < opens_on):
        return _too_early(context, opens_on)
    return None


def clock_authorised(context: TransitionContext) -> DomainError | None:
    """The clock advances a case only on lapse and only if the scheme says so."""
    if context.command.capacity is not Capacity.CLOCK:
        return None
    rule = context.rules.running_rule(context.appraisal)
    if rule is None or rule.automatic_trigger != context.command.trigger:
        return NotPermitted(
            trigger=context.command.trigger, stage=context.appraisal.stage, capacity=Capacity.CLOCK
        )
    return deadline_lapsed(context)


def deadline_lapsed(context: TransitionContext) -> DomainError | None:
    """The due day has ended."""
    deadline = context.appraisal.deadline
    if deadline is None or not deadline.lapsed:
        return _too_early(context, deadline.due_on + dt.timedelta(days=1) if deadline else None)
    return None


def not_yet_received(context: TransitionContext) -> DomainError | None:
    """Receipt is evidenced once; the 14 days of art 59 count from that day."""
    if context.appraisal.received_on is not None:
        return AlreadyRecorded(trigger=context.command.trigger)
    return None


def not_yet_acknowledged(context: TransitionContext) -> DomainError | None:
    """The employee confirms once, be it after something weaker began the days.

    Days that began before evidence was told apart were confirmed by himself, or by HR for good.
    """
    appraisal = context.appraisal
    if appraisal.acknowledged or (appraisal.received_on is not None and appraisal.evidence is None):
        return AlreadyRecorded(trigger=context.command.trigger)
    return None


def not_yet_seen(context: TransitionContext) -> DomainError | None:
    """What he has opened has reached him, whatever a provider says."""
    return AlreadyRecorded(trigger=context.command.trigger) if context.appraisal.seen else None


def not_yet_delivered(context: TransitionContext) -> DomainError | None:
    """Delivery is noted once, until it is taken back."""
    if context.appraisal.delivered_on is not None:
        return AlreadyRecorded(trigger=context.command.trigger)
    return None


def delivery_noted(context: TransitionContext) -> DomainError | None:
    """There is a delivery to be taken back."""
    if context.appraisal.delivered_on is None:
        return IllegalTransition(trigger=context.command.trigger, stage=context.appraisal.stage)
    return None


def deemed_due(context: TransitionContext) -> DomainError | None:
    """The days after evidenced delivery are over, the last one to its end."""
    day = context.appraisal.deemed_on
    if day is None or context.now < context.rules.calendar.end_of_day(day):
        return _too_early(context, day)
    return None


def official_evidence(context: TransitionContext) -> DomainError | None:
    """HR puts on record that a result was handed over, or that it was refused before a witness."""
    if context.command.evidence not in (None, *OFFICIAL):
        return ParameterInvalid("Choose one of {choices}.", field="evidence", choices=", ".join(OFFICIAL))
    return None


def delivery_day(context: TransitionContext) -> DomainError | None:
    """A notice arrives after the result was delivered, and not in the future."""
    return _day_of_arrival(context, context.command.delivered_on, "delivered_on")


def receipt_evidenced(context: TransitionContext) -> DomainError | None:
    """Silence counts only from evidenced receipt (arts 49(3), 50)."""
    return None if context.appraisal.received_on is not None else _too_early(context, None)


def receipt_day(context: TransitionContext) -> DomainError | None:
    """A recorded day of receipt lies between delivery and today."""
    return _day_of_arrival(context, context.command.received_on, "received_on")


def _day_of_arrival(context: TransitionContext, day: dt.date | None, field: str) -> DomainError | None:
    earliest = _begun_on(context)
    if day is None or not earliest <= day <= context.today:
        return ParameterInvalid(
            "Give a day of receipt from {earliest} to {latest}.",
            field=field,
            earliest=earliest.isoformat(),
            latest=context.today.isoformat(),
        )
    return None


def objection_is_late(context: TransitionContext) -> bool:
    """True once the 14 days from evidenced receipt are over (art 59(1))."""
    appraisal = context.appraisal
    if appraisal.stage is Stage.COUNTERSIGN:
        return True
    return appraisal.received_on is not None and appraisal.deadline is not None and appraisal.deadline.lapsed


def late_objection_admitted(context: TransitionContext) -> DomainError | None:
    """A late objection is flagged for the officer, unless the scheme refuses it."""
    if context.rules.book.late_objection == "refuse" and objection_is_late(context):
        return TooLate(trigger=context.command.trigger, date=_response_ended_on(context).isoformat())
    return None


def _response_ended_on(context: TransitionContext) -> dt.date:
    """The last day of the response: its due day, or the day before the countersigning began."""
    appraisal = context.appraisal
    if appraisal.stage is Stage.RESPONSE and appraisal.deadline is not None:
        return appraisal.deadline.due_on
    return _begun_on(context) - dt.timedelta(days=1)


def _begun_on(context: TransitionContext) -> dt.date:
    """The day on which the stage was first entered, which after a suspension only its deadline knows."""
    deadline = context.appraisal.deadline
    entered_on = context.rules.calendar.local_date(context.appraisal.entered_at)
    return entered_on if deadline is None else min(deadline.started_on, entered_on)


def impartial(context: TransitionContext) -> DomainError | None:
    """Whoever set or signed the result, or had a stand-in do so, does not decide an objection to it."""
    deciding = {context.command.actor, context.command.on_behalf_of}
    return ConflictOfInterest() if deciding & set(context.appraisal.result_by) else None


def _not_heard(side: Capacity) -> Guard:
    def guard(context: TransitionContext) -> DomainError | None:
        return AlreadyRecorded(trigger=context.command.trigger) if side in context.appraisal.heard else None

    return guard


def both_sides_heard(context: TransitionContext) -> DomainError | None:
    """The employee and the rater were asked for explanation (art 59(3))."""
    heard = context.appraisal.heard
    return None if Capacity.EMPLOYEE in heard and Capacity.RATER in heard else BothSidesNotHeard()


def legal_ground(context: TransitionContext) -> DomainError | None:
    """An approved plan changes only on a ground of art 28."""
    if context.command.ground is None:
        return ParameterInvalid("Name the legal ground (PP 30/2019 art 28).", field="ground")
    return None


def later_due_day(context: TransitionContext) -> DomainError | None:
    """An extension moves a running deadline's due day later, never into the past, at most a year."""
    until, deadline = context.command.until, context.appraisal.deadline
    if deadline is None:
        return IllegalTransition(trigger=context.command.trigger, stage=context.appraisal.stage)
    earliest = max(context.today, deadline.due_on + dt.timedelta(days=1))
    if until is None or not earliest <= until <= earliest + LONGEST_EXTENSION:
        return ParameterInvalid(
            "Give a new due day from {earliest} to {latest}.",
            field="until",
            earliest=earliest.isoformat(),
            latest=(earliest + LONGEST_EXTENSION).isoformat(),
        )
    return None


ASSIGNABLE = frozenset({Capacity.RATER, Capacity.RATER_SUPERIOR, Capacity.APPEALS_OFFICER})
"""Capacities that HR may hand to another person."""


def assignee_named(context: TransitionContext) -> DomainError | None:
    """A reassignment names who takes over which capacity, never the employee, and for an objection nobody who had a
    part in the result.
    """
    command = context.command
    if command.assigned_capacity not in ASSIGNABLE:
        return ParameterInvalid(
            "Choose one of {choices}.", field="assigned_capacity", choices=", ".join(sorted(ASSIGNABLE))
        )
    if command.assignee is None:
        return ParameterInvalid("Name the person who takes over.", field="assignee")
    if command.assignee == context.appraisal.employee:
        return ParameterInvalid("Nobody appraises himself: name another person.", field="assignee")
    if (
        command.assigned_capacity is Capacity.APPEALS_OFFICER
        and command.assignee in context.appraisal.result_by
    ):
        return ConflictOfInterest()
    return None


def assignee_valid(context: TransitionContext) -> DomainError | None:
    """A change that is noted may name who takes over which capacity, but then both."""
    command = context.command
    if command.assignee is None and command.assigned_capacity is None:
        return None
    return assignee_named(context)


def rater_valid(context: TransitionContext) -> DomainError | None:
    """An answer to a dispute may name another rater, and nothing else."""
    command = context.command
    if command.assigned_capacity not in (None, Capacity.RATER):
        return ParameterInvalid(
            "Choose one of {choices}.", field="assigned_capacity", choices=Capacity.RATER.value
        )
    return assignee_valid(context)


def rater_not_confirmed(context: TransitionContext) -> DomainError | None:
    """A rater whom HR has confirmed is not disputed again."""
    return RaterConfirmed() if context.appraisal.rater_confirmed else None


def disputed(context: TransitionContext) -> DomainError | None:
    """There is something to answer."""
    if not context.appraisal.disputed:
        return IllegalTransition(trigger=context.command.trigger, stage=context.appraisal.stage)
    return None


def not_disputed(context: TransitionContext) -> DomainError | None:
    """A disputed case goes on only with an answer."""
    return DisputeOpen() if context.appraisal.disputed else None


def plan_approved_before(context: TransitionContext) -> DomainError | None:
    """A period without an approved plan holds nothing that could be rated."""
    if context.appraisal.plan_returns_to is None:
        return IllegalTransition(trigger=context.command.trigger, stage=context.appraisal.stage)
    return None


GUARDS: dict[str, Guard] = {
    "opening_due": opening_due,
    "clock_authorised": clock_authorised,
    "deadline_lapsed": deadline_lapsed,
    "not_yet_received": not_yet_received,
    "receipt_evidenced": receipt_evidenced,
    "receipt_day": receipt_day,
    "official_evidence": official_evidence,
    "not_yet_acknowledged": not_yet_acknowledged,
    "not_yet_seen": not_yet_seen,
    "not_yet_delivered": not_yet_delivered,
    "delivery_day": delivery_day,
    "delivery_noted": delivery_noted,
    "deemed_due": deemed_due,
    "late_objection_admitted": late_objection_admitted,
    "impartial": impartial,
    "employee_not_heard": _not_heard(Capacity.EMPLOYEE),
    "rater_not_heard": _not_heard(Capacity.RATER),
    "both_sides_heard": both_sides_heard,
    "legal_ground": legal_ground,
    "later_due_day": later_due_day,
    "assignee_named": assignee_named,
    "assignee_valid": assignee_valid,
    "rater_valid": rater_valid,
    "rater_not_confirmed": rater_not_confirmed,
    "disputed": disputed,
    "not_disputed": not_disputed,
    "plan_approved_before": plan_approved_before,
}
"""Every guard that the table may name."""
