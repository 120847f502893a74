"""Guards about the right to object, and how an objection is examined and decided (PP 30/2019 art 59)."""

from states.appraisal import Appraisal
from states.duties import ASKING, STATEMENTS
from states.errors import (
    BothSidesNotHeard,
    ConflictOfInterest,
    ContentMissing,
    DomainError,
    ObjectionOpen,
    ParameterInvalid,
    ResponseRunning,
    SettledByObjection,
    TooLate,
)
from states.guarding.guard import Guard, impossible, recorded
from states.outcomes import SETTLED
from states.response_term import response_term
from states.stage_groups import OBJECTION_STAGES
from states.stages import Capacity, Stage
from states.transition_context import TransitionContext
from states.triggers import DismissalGround


def result_open_to_objection(context: TransitionContext) -> DomainError | None:
    """Whoever has a result before him may object, until an objection is decided (art 59(1), (4)).

    A signature is no waiver, and neither suspension nor report takes the right away.
    """
    appraisal = context.appraisal
    if appraisal.stage_of_work in OBJECTION_STAGES:
        return recorded(context)
    if appraisal.outcome in SETTLED:
        return SettledByObjection()
    delivered = appraisal.received_on is not None or appraisal.stage_of_work is Stage.RESPONSE
    return None if delivered else impossible(context)


def late_objection_admitted(context: TransitionContext) -> DomainError | None:
    """A late objection is flagged for the officer, unless the scheme refuses it."""
    term = response_term(context)
    if context.rules.book.late_objection == "refuse" and term is not None and context.today > term.due_on:
        return TooLate(trigger=context.command.trigger, date=term.due_on.isoformat())
    return None


def nothing_cancelled_away(context: TransitionContext) -> DomainError | None:
    """No cancelling takes away an objection, its decision, or the days in which one is in time (art 59)."""
    appraisal, term = context.appraisal, response_term(context)
    if appraisal.stage_of_work in OBJECTION_STAGES:
        return ObjectionOpen()
    if appraisal.outcome in SETTLED:
        return SettledByObjection()
    if term is not None and context.today <= term.due_on:
        return ResponseRunning(date=term.due_on.isoformat())
    return None


def impartial(context: TransitionContext) -> DomainError | None:
    """Whoever set or signed a result, or had a stand-in do so, does not judge or countersign it."""
    deciding = {context.command.actor, context.command.on_behalf_of}
    return ConflictOfInterest() if deciding & set(context.appraisal.result_by) else None


def dismissal_ground_listed(context: TransitionContext) -> DomainError | None:
    """An objection is inadmissible on a ground that the scheme lists, and late only if it is."""
    listed, ground = context.rules.book.objection.dismissal_grounds, context.command.dismissal_ground
    if listed is not None and ground not in listed:
        return ParameterInvalid(
            "Choose one of {choices}.", field="dismissal_ground", choices=", ".join(listed)
        )
    if ground is DismissalGround.LATE and not _is_late(context.appraisal):
        return ParameterInvalid("This objection is in time.", field="dismissal_ground")
    return None


def _is_late(appraisal: Appraisal) -> bool:
    """Whether the objection came after all that was added to the term; the law alone makes nobody late.

    Of objections from before both were told apart only the flag is known.
    """
    return appraisal.objection_late and (appraisal.late_by > 0 or appraisal.objected_on is None)


def hearing_by_statements(context: TransitionContext) -> DomainError | None:
    """The scheme asks both sides and waits for what they say."""
    return impossible(context) if context.rules.book.objection.statements is None else None


def hearing_by_the_officer(context: TransitionContext) -> DomainError | None:
    """The scheme leaves the hearing to the officer, who puts it on record."""
    return None if context.rules.book.objection.statements is None else impossible(context)


def not_being_asked(context: TransitionContext) -> DomainError | None:
    """A side is asked one thing at a time; again after it has answered, or let the day pass."""
    kind = STATEMENTS[ASKING[context.command.trigger]]
    waiting = any(duty.kind is kind and not duty.deadline.lapsed for duty in context.appraisal.duties)
    return recorded(context) if waiting else None


def being_asked(context: TransitionContext) -> DomainError | None:
    """Who answers was asked; an answer after the day counts as long as nothing is decided."""
    kind = STATEMENTS.get(context.command.capacity)
    owed = any(duty.kind is kind for duty in context.appraisal.duties)
    return None if owed else impossible(context)


def not_heard(side: Capacity) -> Guard:
    """A side is put on record as heard once."""

    def guard(context: TransitionContext) -> DomainError | None:
        return recorded(context) if side in context.appraisal.heard else None

    return guard


def both_sides_heard(context: TransitionContext) -> DomainError | None:
    """The employee and the rater have said what they had to say, or were asked and let the day pass (art 59(3))."""
    answered = {*context.appraisal.heard, *context.appraisal.silent}
    return None if {Capacity.EMPLOYEE, Capacity.RATER} <= answered else BothSidesNotHeard()


def new_result(context: TransitionContext) -> DomainError | None:
    """A decision that changes the result names the new one."""
    result = context.command.result
    if result is None:
        return ContentMissing(field="result", trigger=context.command.trigger)
    appraisal, substance = context.appraisal, context.command.substance
    if result == appraisal.result or (substance is not None and substance == appraisal.substance):
        return ParameterInvalid("This is the result that stands: name the new one.", field="result")
    return None


def no_new_result(context: TransitionContext) -> DomainError | None:
    """A decision that keeps the result names no other."""
    if context.command.result is not None:
        return ParameterInvalid("The result is kept: leave out a new one, or change it.", field="result")
    return None


def provisional_report_owed(context: TransitionContext) -> DomainError | None:
    """The report of a result that was delivered, and not reported yet."""
    appraisal = context.appraisal
    if appraisal.reported:
        return recorded(context)
    delivered = appraisal.received_on is not None or appraisal.stage is Stage.RESPONSE
    return None if delivered and context.rules.book.provisional_report is not None else impossible(context)


def settled_by_an_objection(context: TransitionContext) -> DomainError | None:
    """The result rests on a decision, which alone can be opened before it is reported."""
    return None if context.appraisal.outcome in SETTLED else impossible(context)


def reopening_allowed(context: TransitionContext) -> DomainError | None:
    """What an objection has settled is final, but for a decision from above or a slip of the pen (art 59(4))."""
    if context.appraisal.outcome not in SETTLED:
        return None
    command = context.command
    if command.reopening_ground is None:
        return ParameterInvalid(
            "The decision on the objection is final (PP 30/2019 art 59(4)): name the ground on which it is opened.",
            field="reopening_ground",
        )
    if command.reference is None:
        return ParameterInvalid("Give the number of the decision or letter.", field="reference")
    return None
