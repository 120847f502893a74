"""An appointment as a file for calendars (iCalendar, RFC 5545, RFC 5546). It says when and where, and nothing else."""

import datetime as dt
import uuid
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, vCalAddress

from translations import Locale, translate
from translations import mark as _

MEDIA_TYPE = "text/calendar"
SUMMARY = _("Handing over of an appraisal result")
"""Names neither a person nor a result: calendars are shared and shown on screens."""

_NAMESPACE = uuid.UUID("0d8c4f0e-6a5b-5f43-9a43-5b0f6c2d7e91")
_YEAR = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Invitation:
    """An appointment to hand over a result. It names nobody."""

    appraisal_id: uuid.UUID
    revision: int
    """Of the result; another one has an appointment of its own."""
    number: int
    """Counts the changes from 0."""
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    set_at: dt.datetime
    cancelled: bool
    zone: str
    """The time zone of the place where the employee works."""

    @property
    def local_start(self) -> dt.datetime:
        """The beginning by the clocks of the place."""
        return self.starts_at.astimezone(ZoneInfo(self.zone))

    @property
    def local_end(self) -> dt.datetime:
        """The end by the clocks of the place."""
        return self.ends_at.astimezone(ZoneInfo(self.zone))

    @property
    def method(self) -> str:
        """What a calendar is to do with it (RFC 5546 §3.2)."""
        return "CANCEL" if self.cancelled else "REQUEST"

    @property
    def uid(self) -> str:
        """The same for all versions of an appointment, so that a calendar changes its entry and adds none."""
        return str(uuid.uuid5(_NAMESPACE, f"{self.appraisal_id}/{self.revision}"))


def calendar_file(invitation: Invitation, *, organizer: str, attendee: str, locale: Locale) -> bytes:
    """The file, the same bytes whenever it is asked for.

    ``organizer`` and ``attendee`` are e-mail addresses: of the service, which is the same for every version of an
    appointment, and of whoever gets the file, if he has one. Nobody is asked to answer.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//Kinerja//Kinerja//{locale.value.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", invitation.method)
    calendar.add_component(_zone(invitation))
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.number)
    event.add("dtstamp", invitation.set_at.astimezone(dt.UTC).replace(microsecond=0))
    event.add("dtstart", invitation.local_start)
    event.add("dtend", invitation.local_end)
    event.add("summary", translate(SUMMARY, locale))
    event.add("location", invitation.place)
    event.add("organizer", _address(organizer))
    if attendee:
        event.add("attendee", _asked(attendee))
    event.add("status", "CANCELLED" if invitation.cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _zone(invitation: Invitation) -> Timezone:
    """The rules of the zone around the appointment. Reading them must not need the present day."""
    day = invitation.local_start.date()
    zone = Timezone.from_tzid(invitation.zone, first_date=day - _YEAR, last_date=day + _YEAR)
    # The library notes there for which years it has looked; no reader needs that.
    zone.pop("comment", None)
    return zone


def _address(address: str) -> vCalAddress:
    return vCalAddress(f"mailto:{address}")


def _asked(address: str) -> vCalAddress:
    asked = _address(address)
    asked.params["ROLE"] = "REQ-PARTICIPANT"
    asked.params["PARTSTAT"] = "NEEDS-ACTION"
    asked.params["RSVP"] = "FALSE"
    return asked
