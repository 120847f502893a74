"""Guards about the receipt of a result."""

import datetime as dt

from states.errors import DomainError, ParameterInvalid, ReceiptDisputed
from states.guarding.guard import impossible, recorded, too_early
from states.receipt_evidence import OFFICIAL, Evidence
from states.transition_context import TransitionContext

_DISPUTABLE = frozenset({*OFFICIAL, Evidence.DEEMED})
"""Evidence that does not come from the employee himself."""


def not_yet_received(context: TransitionContext) -> DomainError | None:
    """Receipt is evidenced once; the 14 days of art 59 count from that day."""
    if context.appraisal.received_on is not None:
        return recorded(context)
    return None


def not_yet_acknowledged(context: TransitionContext) -> DomainError | None:
    """The employee confirms once, even if weaker evidence began the 14 days.

    If they began before events recorded evidence, the employee or HR confirmed the receipt for good.
    """
    appraisal = context.appraisal
    if appraisal.acknowledged or (appraisal.received_on is not None and appraisal.evidence is None):
        return recorded(context)
    return None


def not_yet_seen(context: TransitionContext) -> DomainError | None:
    """An opened result has arrived, whatever a provider says."""
    return recorded(context) if context.appraisal.seen else None


def not_yet_delivered(context: TransitionContext) -> DomainError | None:
    """Delivery is noted once, until it is taken back."""
    if context.appraisal.delivered_on is not None:
        return recorded(context)
    return None


def delivery_noted(context: TransitionContext) -> DomainError | None:
    """There is a delivery to take back."""
    if context.appraisal.delivered_on is None:
        return impossible(context)
    return None


def deemed_due(context: TransitionContext) -> DomainError | None:
    """The days after evidenced delivery have passed, the last one fully."""
    day = context.appraisal.deemed_on
    if day is None or context.now < context.rules.calendar.end_of_day(day):
        return too_early(context, day)
    return None


def official_evidence(context: TransitionContext) -> DomainError | None:
    """HR records that a result was handed over, or was refused before a witness."""
    if context.command.evidence not in (None, *OFFICIAL):
        return ParameterInvalid("Choose one of {choices}.", field="evidence", choices=", ".join(OFFICIAL))
    return None


def delivery_day(context: TransitionContext) -> DomainError | None:
    """A notice arrives after the result was delivered, and not in the future."""
    return _day_of_arrival(context, context.command.delivered_on, "delivered_on")


def receipt_evidenced(context: TransitionContext) -> DomainError | None:
    """Silence counts only from evidenced receipt (arts 49(3), 50)."""
    return None if context.appraisal.received_on is not None else too_early(context, None)


def receipt_day(context: TransitionContext) -> DomainError | None:
    """A recorded day of receipt lies between delivery and today."""
    return _day_of_arrival(context, context.command.received_on, "received_on")


def _day_of_arrival(context: TransitionContext, day: dt.date | None, field: str) -> DomainError | None:
    earliest = begun_on(context)
    if day is None or not earliest <= day <= context.today:
        return ParameterInvalid(
            "Give a day of receipt from {earliest} to {latest}.",
            field=field,
            earliest=earliest.isoformat(),
            latest=context.today.isoformat(),
        )
    return None


def begun_on(context: TransitionContext) -> dt.date:
    """The day on which the stage was first entered, which after a suspension only its deadline knows."""
    deadline = context.appraisal.deadline
    entered_on = context.rules.calendar.local_date(context.appraisal.entered_at)
    return entered_on if deadline is None else min(deadline.started_on, entered_on)


def delivered(context: TransitionContext) -> DomainError | None:
    """The employee has received the result that he answers."""
    return impossible(context) if context.appraisal.received_on is None else None


def not_delivered(context: TransitionContext) -> DomainError | None:
    """The rater delivers late what he has not delivered in time."""
    return impossible(context) if context.appraisal.received_on is not None else None


def receipt_disputable(context: TransitionContext) -> DomainError | None:
    """Only what others put on record is disputed, once, and where the scheme says how soon HR answers."""
    appraisal = context.appraisal
    if appraisal.receipt_disputed or appraisal.receipt_confirmed:
        return recorded(context)
    if (
        appraisal.evidence not in _DISPUTABLE
        or appraisal.acknowledged
        or context.rules.book.receipt.answer is None
    ):
        return impossible(context)
    return None


def receipt_disputed(context: TransitionContext) -> DomainError | None:
    """There is something to answer."""
    return None if context.appraisal.receipt_disputed else impossible(context)


def receipt_settled(context: TransitionContext) -> DomainError | None:
    """Nothing is built on a receipt that is in dispute."""
    return ReceiptDisputed() if context.appraisal.receipt_disputed else None


def corrected_receipt_day(context: TransitionContext) -> DomainError | None:
    """An answer may name a later day of receipt than the recorded one, until today."""
    day, received_on = context.command.received_on, context.appraisal.received_on
    if day is None or received_on is None or received_on <= day <= context.today:
        return None
    return ParameterInvalid(
        "Give a day of receipt from {earliest} to {latest}.",
        field="received_on",
        earliest=received_on.isoformat(),
        latest=context.today.isoformat(),
    )
