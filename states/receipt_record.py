"""What an event records about the receipt of a result, and which evidence is the strongest."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from states.appraisal import Appraisal
from states.calendar import WorkingCalendar
from states.events import Acted, Event
from states.receipt_evidence import Evidence, Level, ProviderWord, is_receipt
from states.stages import Stage
from states.triggers import Trigger

NOTHING_RECEIVED: dict[str, object] = {
    "received_on": None,
    "evidence": None,
    "acknowledged": False,
    "seen": False,
    "delivered_on": None,
    "deemed_on": None,
    "receipt_disputed": False,
    "receipt_confirmed": False,
    "response_due": None,
    "response_by_law": None,
}
"""The snapshot's receipt fields for a new result, as after a reopening."""

TAKEN_BACK_BY_A_BOUNCE: dict[str, object] = {"delivered_on": None, "deemed_on": None}
"""The delivery, and the day on which receipt would be deemed. Guards refuse a bounce after a receipt or an opening."""

_PROVIDERS: dict[Trigger, ProviderWord] = {
    Trigger.NOTE_DELIVERY: ProviderWord.DELIVERED,
    Trigger.NOTE_BOUNCE: ProviderWord.BOUNCED,
}
_NOON = dt.time(12)


class ReceiptRecord(NamedTuple):
    """One piece of receipt evidence that came with an event."""

    sequence: int
    """The event that shows it."""
    revision: int
    """The result's revision."""
    level: Level
    at: dt.datetime
    """When it happened; noon if only the day is known."""
    in_the_inbox: bool
    """Whether the employee opened it in the application."""


class Known(NamedTuple):
    """One piece of receipt evidence about the present result, with its local day."""

    level: Level
    on: dt.date


def receipt_snapshot(event: Acted) -> dict[str, object]:
    """The receipt fields of the snapshot that an event changes, with their new values."""
    if event.trigger is Trigger.REOPEN:
        return NOTHING_RECEIVED if event.target is Stage.RATING else {}
    if event.trigger is Trigger.NOTE_BOUNCE:
        return TAKEN_BACK_BY_A_BOUNCE
    changes: dict[str, object] = {}
    if event.received_on is not None:
        changes |= {"received_on": event.received_on, "evidence": event.evidence}
    if event.delivered_on is not None:
        changes["delivered_on"] = event.delivered_on
    if event.deemed_on is not None:
        changes["deemed_on"] = event.deemed_on
    if event.evidence is Evidence.ACKNOWLEDGED:
        changes["acknowledged"] = True
    if event.trigger is Trigger.NOTE_SEEN:
        changes["seen"] = True
    return changes


def receipt_record(event: Event, after: Appraisal, calendar: WorkingCalendar) -> ReceiptRecord | None:
    """The receipt evidence that an event brings; ``after`` is the case after it. None for most events."""
    if not isinstance(event, Acted):
        return None
    level = event.evidence or _PROVIDERS.get(event.trigger)
    if level is None:
        return None
    moment = _moment(event, calendar)
    return ReceiptRecord(after.sequence, after.revision, level, moment, event.evidence is Evidence.SEEN)


def _moment(event: Acted, calendar: WorkingCalendar) -> dt.datetime:
    """When it happened. For facts recorded later only the day is known; noon stands for it."""
    day = event.delivered_on if event.trigger is Trigger.NOTE_DELIVERY else event.received_on
    later = event.trigger in (Trigger.NOTE_DELIVERY, Trigger.RECORD_RECEIPT)
    if not later or day is None or day == calendar.local_date(event.at):
        return event.at
    return calendar.at(day, _NOON)


def strongest(appraisal: Appraisal, known: Sequence[Known]) -> tuple[Level | None, dt.date | None]:
    """The evidence that began the 14 days, with its day; before that, the last ``known``, good or bad.

    ``known`` is about the present result, in the order of time. The level is None if the days began before
    events recorded evidence and none is known; both are None if there is nothing.
    """
    if appraisal.evidence is not None:
        return appraisal.evidence, appraisal.received_on
    if appraisal.received_on is not None:
        return next((each.level for each in known if is_receipt(each.level)), None), appraisal.received_on
    return known[-1] if known else (None, None)
