"""An appointment, by the clocks of the place where the employee works."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from service import policy
from service.addresses import PREFIX
from service.appraisals.sight import Sight
from service.meetings.schemas import Meeting, MeetingVersion
from states.stages import Stage
from store.meeting.repository import Appointment


def day_of(moment: dt.datetime, zone: str) -> dt.date:
    """The local date of a moment."""
    return moment.astimezone(ZoneInfo(zone)).date()


def shown_meeting(sight: Sight, versions: Sequence[Appointment], zone: str) -> Meeting:
    """The first of the versions, with the others as its history."""
    last, *earlier = versions
    shown = _version(last, zone)
    due_on = _due_on(sight)
    return Meeting(
        **shown.model_dump(),
        appraisal_id=last.appraisal_id,
        zone=zone,
        due_on=due_on,
        after_due=due_on is not None and not last.cancelled and day_of(last.starts_at, zone) > due_on,
        may_change=policy.may_arrange_meeting(sight.capacities)
        and sight.appraisal.stage in policy.MEETING_STAGES,
        calendar=f"{PREFIX}/appraisals/{last.appraisal_id}/meeting.ics",
        earlier=[_version(each, zone) for each in earlier],
    )


def _version(appointment: Appointment, zone: str) -> MeetingVersion:
    place = ZoneInfo(zone)
    return MeetingVersion(
        number=appointment.number,
        starts_at=appointment.starts_at.astimezone(place),
        ends_at=appointment.ends_at.astimezone(place),
        place=appointment.place,
        cancelled=appointment.cancelled,
        set_by_id=appointment.set_by_id,
        set_by=appointment.set_by,
        set_at=appointment.set_at,
    )


def _due_on(sight: Sight) -> dt.date | None:
    appraisal = sight.appraisal
    if appraisal.stage_of_work is not Stage.FEEDBACK_MEETING or appraisal.deadline is None:
        return None
    return appraisal.deadline.due_on
