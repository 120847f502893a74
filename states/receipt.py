"""What a command shows about receipt of a result, and when receipt will be deemed."""

import datetime as dt
from typing import NamedTuple

from states.deadlines import deemed_on
from states.receipt_evidence import Evidence, begins_the_days
from states.rules import DeemedAfter
from states.stages import Stage
from states.transition_context import TransitionContext
from states.triggers import Trigger


class Receipt(NamedTuple):
    """What a command shows; all None where it shows nothing."""

    evidence: Evidence | None = None
    received_on: dt.date | None = None
    """The day from which the 14 days count; None if they count already, or not yet."""
    delivered_on: dt.date | None = None


def receipt_shown(context: TransitionContext) -> Receipt:
    """The evidence that a command shows; an answer to the result counts as its acknowledgement.

    Later evidence is kept too, but moves no date: the days of art 59(1) run from the first that counts.
    """
    appraisal, command = context.appraisal, context.command
    received = appraisal.received_on is not None
    match command.trigger:
        case Trigger.ACKNOWLEDGE_RECEIPT:
            return Receipt(Evidence.ACKNOWLEDGED, None if received else context.today)
        case Trigger.AGREE | Trigger.OBJECT if not received:
            return Receipt(Evidence.ACKNOWLEDGED, context.today)
        case Trigger.RECORD_RECEIPT:
            return Receipt(command.evidence or Evidence.RECORDED, command.received_on)
        case Trigger.ANSWER_RECEIPT if command.received_on is not None:
            return Receipt(appraisal.evidence, command.received_on)
        case Trigger.DEEM_RECEIVED:
            return Receipt(Evidence.DEEMED, appraisal.deemed_on)
        case Trigger.NOTE_SEEN if begins_the_days(Evidence.SEEN, context.rules.book.receipt.starts_with):
            return Receipt(Evidence.SEEN, context.today)
        case Trigger.NOTE_SEEN:
            # An opened result has been delivered.
            return Receipt(Evidence.SEEN, None, None if appraisal.delivered_on else context.today)
        case Trigger.NOTE_DELIVERY:
            return Receipt(None, None, command.delivered_on)
        case _:
            return Receipt()


def deeming_day(context: TransitionContext, target: Stage, receipt: Receipt) -> dt.date | None:
    """The day at whose end receipt will be deemed; None if this command sets none.

    The day is never past, however late the delivery becomes known. A suspension stops the days; they count
    anew when the case runs on.
    """
    appraisal, rules = context.appraisal, context.rules
    rule = rules.book.receipt.deemed_after
    if rule is None or target is not Stage.RESPONSE or appraisal.received_on is not None:
        return None
    if context.command.trigger is Trigger.ADOPT_CALENDAR:
        return _deemed_by_calendar(context, rule)
    if receipt.delivered_on is not None:
        start = receipt.delivered_on
    elif appraisal.stage is Stage.SUSPENDED and appraisal.delivered_on is not None:
        start = context.today
    else:
        return None
    return max(deemed_on(rule, start, rules.book.counting, rules.calendar), context.today)


def _deemed_by_calendar(context: TransitionContext, rule: DeemedAfter) -> dt.date | None:
    """The later day that a decree gives; None where it gives none."""
    appraisal, new = context.appraisal, context.adopting
    if appraisal.deemed_on is None or appraisal.delivered_on is None or new is None:
        return None
    day = deemed_on(rule, appraisal.delivered_on, context.rules.book.counting, new.calendar)
    return day if day > appraisal.deemed_on else None
