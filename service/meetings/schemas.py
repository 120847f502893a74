import datetime as dt
import uuid
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from service.answer import Answer
from service.meetings.texts import one_line

LONGEST_PLACE = 300


class NewMeeting(BaseModel):
    """When and where the employee is handed his result."""

    model_config = ConfigDict(
        strict=True,
        extra="forbid",
        use_attribute_docstrings=True,
        json_schema_extra={
            "examples": [
                {
                    "starts_at": "2027-01-11T10:00:00+08:00",
                    "ends_at": "2027-01-11T10:45:00+08:00",
                    "place": "Ruang rapat lantai 2",
                }
            ]
        },
    )

    starts_at: AwareDatetime
    """With its offset. Seconds are left out."""
    ends_at: AwareDatetime
    """At most eight hours later."""
    place: Annotated[str, Field(min_length=1, max_length=LONGEST_PLACE), AfterValidator(one_line)]
    """A room, an address, or the link to a call; in one line."""


class MeetingVersion(Answer):
    """One version of the appointment: as it was made, or as it was changed or cancelled later."""

    number: int
    """Counts the changes from 0."""
    starts_at: dt.datetime
    """In business time, with the offset of the employee's unit."""
    ends_at: dt.datetime
    place: str
    cancelled: bool
    set_by_id: uuid.UUID
    set_by: str
    set_at: dt.datetime
    """The real moment at which it was made."""


class Meeting(MeetingVersion):
    """The appointment that holds, or the one that was cancelled last, with its earlier versions."""

    appraisal_id: uuid.UUID
    zone: str
    due_on: dt.date | None
    """Until when the result is to be handed over; null before that day is fixed, and after it was handed over."""
    after_due: bool
    """Whether it takes place only after that day. It is accepted all the same; the term goes on."""
    may_change: bool
    """Whether you may change or cancel it now."""
    calendar: str
    """The address of the file for calendars."""
    earlier: list[MeetingVersion]
    """Earlier versions, the latest first, at most twenty."""


class AgreedAction(Answer):
    """Something that was agreed when the last result was handed over."""

    id: str
    action: str
    by: str | None
    """Who is to do it, as the scheme's list of sides names it."""
    by_name: str | None
    until: dt.date | None
    passed: bool
    """Whether its day has passed."""


class AgreedActions(Answer):
    """What was agreed with the employee at the end of his last appraised year, and comes back in this one."""

    year: int | None
    """The year at whose end it was agreed; null where no result was handed over before."""
    appraisal_id: uuid.UUID | None
    """The appraisal in which it was agreed."""
    actions: list[AgreedAction]
