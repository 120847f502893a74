"""Which appointments can be made."""

import datetime as dt

from service.meetings.schemas import NewMeeting
from service.problems import FieldError, Invalid
from store.meeting.repository import Times
from translations import mark as _

LONGEST = dt.timedelta(hours=8)
FURTHEST = dt.timedelta(days=366)

IN_THE_PAST = _("This moment has passed.")
TOO_FAR = _("This is more than a year ahead.")
ENDS_BEFORE = _("The end must come after the beginning.")
TOO_LONG = _("An appointment takes at most eight hours.")


def checked_times(body: NewMeeting, now: dt.datetime) -> Times:
    """When and where, in whole minutes of UTC. Raises `Invalid`; ``now`` is the business moment."""
    errors = [
        FieldError(field, message)
        for field, message, wrong in (
            ("/starts_at", IN_THE_PAST, body.starts_at < now),
            ("/starts_at", TOO_FAR, body.starts_at > now + FURTHEST),
            ("/ends_at", ENDS_BEFORE, _minute(body.ends_at) <= _minute(body.starts_at)),
            ("/ends_at", TOO_LONG, body.ends_at - body.starts_at > LONGEST),
        )
        if wrong
    ]
    if errors:
        raise Invalid(errors=errors)
    # Converted only now: a moment at the end of all years has no counterpart in UTC.
    return Times(
        _minute(body.starts_at.astimezone(dt.UTC)), _minute(body.ends_at.astimezone(dt.UTC)), body.place
    )


def _minute(moment: dt.datetime) -> dt.datetime:
    return moment.replace(second=0, microsecond=0)
