"""What an event shows of a receipt, as rows of evidence."""

import datetime as dt

from states.appraisal import Appraisal
from states.calendar import WorkingCalendar
from states.codec import Json
from states.events import Acted, Event
from states.receipt import Evidence
from states.triggers import Trigger

DELIVERED = "delivered"
BOUNCED = "bounced"

_PROVIDERS: dict[Trigger, str] = {Trigger.NOTE_DELIVERY: DELIVERED, Trigger.NOTE_BOUNCE: BOUNCED}
_NOON = dt.time(12)


def evidence_of(event: Event, after: Appraisal, calendar: WorkingCalendar) -> list[Json]:
    """The row that an event adds to ``receipt_evidence``, with its place in the record; none for most events."""
    if not isinstance(event, Acted):
        return []
    level = event.evidence or _PROVIDERS.get(event.trigger)
    if level is None:
        return []
    return [
        {
            "sequence": after.sequence,
            "revision": after.revision,
            "level": str(level),
            "at": _moment(event, calendar).isoformat(),
            "channel": "inbox" if event.evidence is Evidence.SEEN else "",
        }
    ]


def _moment(event: Acted, calendar: WorkingCalendar) -> dt.datetime:
    """When it happened. Of what was put on record later only the day is known: its noon stands for it."""
    day = event.delivered_on if event.trigger is Trigger.NOTE_DELIVERY else event.received_on
    later = event.trigger in (Trigger.NOTE_DELIVERY, Trigger.RECORD_RECEIPT)
    if not later or day is None or day == calendar.local_date(event.at):
        return event.at
    return calendar.at(day, _NOON)
