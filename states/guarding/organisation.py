"""Guards about who holds what, plans, periods and the rules of a case."""

from states.errors import (
    ConflictOfInterest,
    DisputeOpen,
    DomainError,
    NobodyAbove,
    ParameterInvalid,
    RaterConfirmed,
)
from states.guarding.guard import impossible, recorded
from states.stages import HOLDERS, Capacity
from states.transition_context import TransitionContext
from states.triggers import Trigger


def legal_ground(context: TransitionContext) -> DomainError | None:
    """An approved plan changes only on a ground of art 28."""
    if context.command.ground is None:
        return ParameterInvalid("Name the legal ground (PP 30/2019 art 28).", field="ground")
    return None


ASSIGNABLE = frozenset({Capacity.RATER, Capacity.RATER_SUPERIOR, Capacity.APPEALS_OFFICER})
"""Capacities that HR may hand to another person."""


def assignee_named(context: TransitionContext) -> DomainError | None:
    """A reassignment names who takes over which capacity, and never the employee.

    Nobody with a part in the result takes over an objection to it, and nobody with a conflict of interest takes over
    anything. A noted change only tells what happened in the organisation; the case keeps its own rater.
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
    judges = command.assigned_capacity is Capacity.APPEALS_OFFICER
    if judges and command.assignee in context.appraisal.result_by:
        return ConflictOfInterest()
    biased = command.assignee in context.appraisal.conflicted and command.trigger is not Trigger.NOTE_CHANGE
    return ConflictOfInterest() if biased else None


def assignee_valid(context: TransitionContext) -> DomainError | None:
    """A noted change names both a capacity and who takes it over, or neither."""
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


def conflict_declarable(context: TransitionContext) -> DomainError | None:
    """The scheme knows the declaration, and each rater makes it once."""
    if not context.rules.book.conflict_declaration:
        return impossible(context)
    return recorded(context) if context.command.actor in context.appraisal.conflicted else None


def rater_above(context: TransitionContext) -> DomainError | None:
    """Somebody above takes over (UU 30/2014 art 42(2)): not the employee, nor anybody with a conflict of interest."""
    command, appraisal = context.command, context.appraisal
    barred = {None, appraisal.employee, command.actor, *appraisal.conflicted}
    return NobodyAbove() if command.assignee in barred else None


def rater_not_confirmed(context: TransitionContext) -> DomainError | None:
    """A rater whom HR has confirmed is not disputed again."""
    return RaterConfirmed() if context.appraisal.rater_confirmed else None


def disputed(context: TransitionContext) -> DomainError | None:
    """There is a dispute to answer."""
    if not context.appraisal.disputed:
        return impossible(context)
    return None


def not_disputed(context: TransitionContext) -> DomainError | None:
    """A disputed case goes on only with an answer."""
    return DisputeOpen() if context.appraisal.disputed else None


def plan_approved_before(context: TransitionContext) -> DomainError | None:
    """A period without an approved plan holds nothing that could be rated."""
    if context.appraisal.plan_returns_to is None:
        return impossible(context)
    return None


def path_known(context: TransitionContext) -> DomainError | None:
    """The scheme knows a rating on this basis."""
    known = context.rules.book.paths
    if context.command.basis not in known:
        return ParameterInvalid("Choose one of {choices}.", field="basis", choices=", ".join(sorted(known)))
    return None


def calendar_to_adopt(context: TransitionContext) -> DomainError | None:
    """There is another calendar, with the same rules."""
    new = context.adopting
    if (
        new is None
        or new.book.key != context.rules.book.key
        or new.calendar.key == context.rules.calendar.key
    ):
        return impossible(context)
    return None


def rules_to_adopt(context: TransitionContext) -> DomainError | None:
    """There is a newer version of the same scheme, which has a term for the stage."""
    new, old = context.adopting, context.rules
    if new is None or new.book.scheme != old.book.scheme or new.book.version <= old.book.version:
        return impossible(context)
    stage = context.appraisal.stage
    awaits = HOLDERS.get(stage) not in (None, Capacity.CLOCK)
    return impossible(context) if awaits and new.stage_rule(context.appraisal, stage) is None else None


def not_rated(context: TransitionContext) -> DomainError | None:
    """A case that has been rated ends under the rules by which it was."""
    return impossible(context) if context.appraisal.result_by else None
